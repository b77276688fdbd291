/**
 * The simulator: whole lives of a job, with crashes, power cuts, a disk that refuses and a broker
 * that fails, played by one thread from a seed. The same seed is the same run, to the last line of
 * its trace.
 *
 * <p>Real, the engine's own code: planning and wiring, tasks and their steps, chains, stateful
 * operators and their tables, the source's reading and its positions, channels, credits and
 * barriers of {@code exchange}, the checkpoint protocol and its rounds, checkpoint files and
 * manifests, the job's supervisor with its restarts, and the whole Kafka sink above Kafka's
 * clients.
 *
 * <p>Played: time; threads (tasks are stepped in an order that the seed says, while the job's
 * thread waits for its mailbox; a task that finds no credit keeps what it has, as in a job with a
 * test stream; one whose sink waits for a commit is not stepped); the disk; the broker and its
 * clients.
 *
 * <p>Not here: RocksDB, memory order between threads, more than one broker, the commit topic's
 * making. A process that stood still goes on only after the one that took its place has ended,
 * though what it had sent may arrive before. Real processes are broken by {@code ./dev faults}.
 *
 * <pre>
 * Simulator ─▶ Simulation: one seed ─▶ job: processes ─▶ kafka, disk
 *                   └─▶ invariant: what must hold      bug: what is planted
 * </pre>
 */
@NullMarked
package io.purlin.conformance.simulation;

import org.jspecify.annotations.NullMarked;
