package io.godwit.registry.graph;

import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import io.godwit.registry.page.PageRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reckons what a valid query costs, before anything of it is carried out. Pure. A fragment is reckoned once, however often it
 * is used: a query of a few lines can use one a million times. Introspection costs next to nothing: graphql-java bounds it.
 */
final class QueryMeter {
    private static final String PAGE_SIZE = "first";
    private static final String EDGES = "edges";
    /** Fragments in fragments, and fields in fields: far more than anybody writes. */
    private static final int DEEPEST = 200;

    private static final QueryCost TOO_DEEP = new QueryCost(DEEPEST, QueryCost.UNCOUNTABLE);

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments;
    private final Map<String, Object> variables;
    private final Map<Used, QueryCost> reckoned = new HashMap<>();

    /** A fragment, as it is used on a page of so many rows. */
    private record Used(String fragment, long rows) {}

    QueryMeter(GraphQLSchema schema, Map<String, FragmentDefinition> fragments, Map<String, Object> variables) {
        this.schema = schema;
        this.fragments = fragments;
        this.variables = variables;
    }

    /** What is asked for of the schema's queries. */
    QueryCost of(SelectionSet query) {
        return of(query, schema.getQueryType(), 1, 0);
    }

    /** @param rows how many edges the page has whose fields these are; 1 for what is no page */
    private QueryCost of(SelectionSet selections, GraphQLObjectType type, long rows, int level) {
        if (level > DEEPEST) {
            return TOO_DEEP;
        }
        QueryCost sum = QueryCost.NOTHING;
        for (Selection<?> selection : selections.getSelections()) {
            sum = sum.plus(of(selection, type, rows, level + 1));
        }
        return sum;
    }

    private QueryCost of(Selection<?> selection, GraphQLObjectType type, long rows, int level) {
        if (selection instanceof Field field) {
            return of(field, type, rows, level);
        }
        if (selection instanceof InlineFragment inline) {
            return of(inline.getSelectionSet(), type, rows, level);
        }
        String name = ((FragmentSpread) selection).getName();
        Used used = new Used(name, rows);
        QueryCost known = reckoned.get(used);
        if (known == null) {
            FragmentDefinition fragment = fragments.get(name);
            known = fragment == null ? QueryCost.NOTHING : of(fragment.getSelectionSet(), type, rows, level);
            reckoned.put(used, known);
        }
        return known;
    }

    private QueryCost of(Field field, GraphQLObjectType type, long rows, int level) {
        GraphQLFieldDefinition definition = type.getFieldDefinition(field.getName());
        if (definition == null || field.getSelectionSet() == null) {
            return QueryCost.NOTHING.under(1);
        }
        long times = field.getName().equals(EDGES) ? rows : 1;
        return GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLObjectType below
                ? of(field.getSelectionSet(), below, rows(field, definition), level)
                        .under(times)
                : QueryCost.NOTHING.under(times);
    }

    private long rows(Field field, GraphQLFieldDefinition definition) {
        if (definition.getArgument(PAGE_SIZE) == null) {
            return 1;
        }
        for (Argument argument : field.getArguments()) {
            if (argument.getName().equals(PAGE_SIZE)) {
                return rows(argument.getValue());
            }
        }
        return PageRequest.DEFAULT_LIMIT;
    }

    /** What is no number of ours is refused where the page is read; until then it counts as the longest page. */
    private long rows(@Nullable Value<?> first) {
        Object told = first instanceof IntValue number
                ? number.getValue()
                : first instanceof VariableReference variable ? variables.get(variable.getName()) : null;
        return told instanceof Number number
                ? Math.max(0, Math.min(number.longValue(), PageRequest.MAX_LIMIT))
                : PageRequest.DEFAULT_LIMIT;
    }
}
