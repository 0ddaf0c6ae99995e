package io.godwit.registry.graph;

/**
 * How much a query asks for at most.
 *
 * @param depth levels of fields
 * @param values in the answer, each edge of a page counted as often as {@code first} says
 */
record QueryCost(int depth, long values) {
    static final QueryCost NOTHING = new QueryCost(0, 0);

    /** Beyond it nobody counts any more; the product of two such numbers still is a {@code long}. */
    static final long UNCOUNTABLE = 1_000_000_000;

    QueryCost {
        values = Math.min(values, UNCOUNTABLE);
    }

    /** Both, side by side. */
    QueryCost plus(QueryCost other) {
        return new QueryCost(Math.max(depth, other.depth), values + other.values);
    }

    /** A field with these below it, so many times. */
    QueryCost under(long times) {
        return new QueryCost(depth + 1, Math.min(times, UNCOUNTABLE) * (values + 1));
    }
}
