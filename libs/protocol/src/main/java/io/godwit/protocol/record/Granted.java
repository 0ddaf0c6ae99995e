package io.godwit.protocol.record;

import io.godwit.protocol.TemplateId;
import io.godwit.protocol.json.Json;

/** What a policy grants to a card that asks. */
public sealed interface Granted {
    /** That function is carried out on it. */
    record Function(EsFunction function) implements Granted {
        /** @throws IllegalArgumentException when it can be for one card only */
        public Function {
            if (function.name().isForOneCard()) {
                throw new IllegalArgumentException(
                        "function: " + function.name().literal() + " is for one card, and a policy is for many");
            }
        }
    }

    /** A profile of that template is downloaded out of stock, and enabled. */
    record FromStock(TemplateId template) implements Granted {}

    /** Adds its one member, {@code function} or {@code template}. */
    default Json.ObjectBuilder into(Json.ObjectBuilder json) {
        return this instanceof Function granted
                ? json.put("function", granted.function().toJson())
                : json.put("template", ((FromStock) this).template().value());
    }

    /** @throws IllegalArgumentException unless exactly one of its members is there */
    static Granted fromJson(Fields fields) {
        boolean isFunction = fields.object().find("function").isPresent();
        if (isFunction == fields.object().find("template").isPresent()) {
            throw new IllegalArgumentException("function: exactly one of function and template expected");
        }
        return isFunction
                ? new Function(EsFunction.fromJson(fields.object("function")))
                : new FromStock(fields.value("template", TemplateId::new));
    }
}
