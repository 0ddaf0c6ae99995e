/** Groups of cards: what they answer when a member asks by itself, and who belongs to them since which joining. */
@NullMarked
package io.godwit.registry.group;

import org.jspecify.annotations.NullMarked;
