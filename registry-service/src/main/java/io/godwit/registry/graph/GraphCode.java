package io.godwit.registry.graph;

/** What is wrong, in {@code extensions.code} of each error: programs decide on it, so none is ever renamed. */
enum GraphCode {
    /** No token, or one that is not valid. */
    UNAUTHENTICATED,
    /** The token's roles do not allow it, or it names no tenant. */
    FORBIDDEN,
    /** The tenant has no such thing. */
    NOT_FOUND,
    /** {@code after} is no cursor of ours. */
    BAD_CURSOR,
    /** Another argument cannot be accepted. */
    BAD_ARGUMENT,
    /** The request is no JSON object with a query, or the query is no GraphQL. */
    MALFORMED_REQUEST,
    /** The request is longer than is read. */
    TOO_LARGE,
    /** The query does not fit the schema. */
    INVALID_QUERY,
    /** More levels than are answered. */
    TOO_DEEP,
    /** More values than are answered. */
    TOO_COMPLEX,
    /** It failed here. */
    INTERNAL
}
