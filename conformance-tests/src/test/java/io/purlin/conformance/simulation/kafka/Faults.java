package io.purlin.conformance.simulation.kafka;

/**
 * How often Kafka fails: once in so many times, 0 for never.
 *
 * @param failedSends records that are not written
 * @param lostRequests commits that do not arrive, or late
 * @param lostAnswers commits whose answer does not arrive
 * @param absences requests that find no broker for a time
 */
public record Faults(int failedSends, int lostRequests, int lostAnswers, int absences) {}
