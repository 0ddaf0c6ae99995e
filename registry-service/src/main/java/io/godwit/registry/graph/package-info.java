/**
 * What REST shows, asked for in one GraphQL query: cards, groups, operations and how campaigns go. Read only. The types of the
 * schema are records here; rows come from the rooms' own repositories, a level of the query at a time.
 */
@NullMarked
package io.godwit.registry.graph;

import org.jspecify.annotations.NullMarked;
