package io.godwit.deploy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Looks for what Kubernetes' types do not have: the model keeps it aside, where a typo would go unseen. */
final class UnknownFields {
    private static final String MODEL = "io.fabric8.kubernetes.api.model";

    private final List<String> found = new ArrayList<>();

    private UnknownFields() {}

    /** The paths of all fields below {@code root} that its types do not know. */
    static List<String> below(Object root) {
        UnknownFields search = new UnknownFields();
        search.visit(root.getClass().getSimpleName(), root);
        return search.found;
    }

    private void visit(String path, Object value) {
        if (value instanceof Collection<?> list) {
            int index = 0;
            for (Object item : list) {
                visit(path + "[" + index++ + "]", item);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> visit(path + "." + key, item));
        } else if (value != null && value.getClass().getPackageName().startsWith(MODEL)) {
            for (Method method : value.getClass().getMethods()) {
                if (method.getParameterCount() == 0 && method.getName().startsWith("get")) {
                    look(path, value, method);
                }
            }
        }
    }

    private void look(String path, Object value, Method getter) {
        try {
            Object below = getter.invoke(value);
            if (!getter.getName().equals("getAdditionalProperties")) {
                visit(path + "." + getter.getName().substring("get".length()), below);
            } else if (below instanceof Map<?, ?> unknown) {
                unknown.keySet().forEach(key -> found.add(path + "." + key));
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(path + " cannot be looked at", e);
        }
    }
}
