/**
 * One address for several MQTT brokers: connections are spread over those that accept them, and their octets are passed on
 * untouched, so that TLS stays between client and broker.
 */
@NullMarked
package io.godwit.balancer;

import org.jspecify.annotations.NullMarked;
