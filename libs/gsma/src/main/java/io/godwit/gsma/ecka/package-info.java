/**
 * How a card and an SM-DP or SM-SR come to common keys: ECKA-EG of BSI TR-03111 with the card's static key and an
 * ephemeral one, scenario 3 of GP Amendment A, as SGP.02 uses it for EstablishISDPKeySet and EstablishISDRKeySet.
 */
@NullMarked
package io.godwit.gsma.ecka;

import org.jspecify.annotations.NullMarked;
