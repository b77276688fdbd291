/**
 * A model of a Kafka broker and its clients, as far as a transactional sink sees them: epochs and
 * fencing, transactions that time out, answers that get lost, requests that arrive late.
 *
 * <p>It follows transaction version 2 (KIP-890): each commit and each fencing is a new epoch, and a
 * request of another epoch is refused. Clients extend Kafka's own mocks only to be whole
 * implementations of interfaces that differ from version to version; none of the mocks' behaviour
 * is used.
 */
@NullMarked
package io.purlin.conformance.simulation.kafka;

import org.jspecify.annotations.NullMarked;
