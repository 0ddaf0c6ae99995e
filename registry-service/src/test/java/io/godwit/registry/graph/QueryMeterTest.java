package io.godwit.registry.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What queries cost. */
class QueryMeterTest {
    private static final GraphQLSchema SCHEMA =
            new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse("""
                            type Query { things(first: Int, after: String): Things, thing: Thing }
                            type Things { edges: [Edge], pageInfo: PageInfo }
                            type Edge { cursor: String, node: Thing }
                            type PageInfo { endCursor: String }
                            type Thing { id: String, things(first: Int): Things }
                            """), RuntimeWiring.MOCKED_WIRING);

    @Test
    void eachFieldIsAValueAndALevel() {
        assertEquals(new QueryCost(2, 2), cost("{ thing { id } }"));
        assertEquals(new QueryCost(2, 3), cost("{ thing { id again: id } }"));
    }

    @Test
    void anEdgeCountsAsOftenAsThePageSays() {
        // things, pageInfo and endCursor once; edges, node and id for each row.
        assertEquals(
                new QueryCost(4, 33), cost("{ things(first: 10) { edges { node { id } } pageInfo { endCursor } } }"));
        assertEquals(new QueryCost(4, 301), cost("{ things { edges { node { id } } } }"), "100 without first");
        assertEquals(
                new QueryCost(4, 16),
                cost("query($n: Int) { things(first: $n) { edges { node { id } } } }", Map.of("n", 5)));
        assertEquals(
                new QueryCost(4, 301),
                cost("query($n: Int) { things(first: $n) { edges { node { id } } } }"),
                "absent");
        assertEquals(
                new QueryCost(4, 3001),
                cost("{ things(first: 2000000000) { edges { node { id } } } }"),
                "a page ends at 1000, and asking for more is refused");
    }

    @Test
    void pagesInPagesMultiply() {
        assertEquals(
                new QueryCost(7, 1 + 10 * (2 + 1 + 20 * 3)),
                cost("{ things(first: 10) { edges { node { things(first: 20) { edges { node { id } } } } } } }"));
    }

    @Test
    void fragmentsAreWhatTheyStandFor() {
        assertEquals(
                new QueryCost(4, 31),
                cost(
                        "{ things(first: 10) { ...page } } fragment page on Things { edges { ... on Edge { node { id } } } }"));
        assertEquals(
                new QueryCost(4, 31 + 61),
                cost("{ things(first: 10) { ...page } more: things(first: 20) { ...page } }"
                        + " fragment page on Things { edges { node { id } } }"),
                "the same fragment on another page costs another sum");
    }

    @Test
    void aFragmentThatIsUsedAMillionTimesIsReckonedOnce() {
        StringBuilder bomb = new StringBuilder("{ thing { ...f0 } }");
        for (int i = 0; i < 60; i++) {
            bomb.append(" fragment f" + i + " on Thing { ...f" + (i + 1) + " ...f" + (i + 1) + " }");
        }
        assertEquals(
                QueryCost.UNCOUNTABLE,
                cost(bomb + " fragment f60 on Thing { id }").values());
    }

    @Test
    void aChainOfFragmentsHasAnEnd() {
        StringBuilder chain = new StringBuilder("{ thing { ...f0 } }");
        for (int i = 0; i < 1000; i++) {
            chain.append(" fragment f" + i + " on Thing { ...f" + (i + 1) + " }");
        }
        assertTrue(cost(chain + " fragment f1000 on Thing { id }").depth() >= 200);
    }

    @Test
    void introspectionIsLeftToWhoBoundsIt() {
        assertEquals(new QueryCost(1, 1), cost("{ __schema { types { name fields { name } } } }"));
    }

    private static QueryCost cost(String query) {
        return cost(query, Map.of());
    }

    private static QueryCost cost(String query, Map<String, Object> variables) {
        Document document = new Parser().parseDocument(query);
        Map<String, FragmentDefinition> fragments = document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .collect(Collectors.toMap(FragmentDefinition::getName, fragment -> fragment));
        OperationDefinition operation =
                document.getDefinitionsOfType(OperationDefinition.class).get(0);
        return new QueryMeter(SCHEMA, fragments, variables).of(operation.getSelectionSet());
    }
}
