/** What a tenant's and its groups' policies make of a card's request, and what becomes of its ticket. Pure. */
@NullMarked
package io.godwit.provisioning.request;

import org.jspecify.annotations.NullMarked;
