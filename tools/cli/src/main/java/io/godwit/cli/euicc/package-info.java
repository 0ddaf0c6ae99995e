/** One card for people: its EIS, its ISD-Ps and the files of its profiles. */
@NullMarked
package io.godwit.cli.euicc;

import org.jspecify.annotations.NullMarked;
