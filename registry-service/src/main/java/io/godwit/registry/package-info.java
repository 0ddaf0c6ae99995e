/** The registry: the only front door for people and programs. Each room below is one thing that they ask about. */
@NullMarked
package io.godwit.registry;

import org.jspecify.annotations.NullMarked;
