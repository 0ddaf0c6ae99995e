/** A PKI in a folder: the CI, EUM, SM-SR and SM-DP of tests, and the certificates of the MQTT listener and of devices. */
@NullMarked
package io.godwit.cli.pki;

import org.jspecify.annotations.NullMarked;
