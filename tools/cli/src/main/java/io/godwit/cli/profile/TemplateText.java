package io.godwit.cli.profile;

import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.gsma.profile.personalisation.SecretPlace;
import io.godwit.protocol.json.Json;
import java.util.List;
import java.util.Locale;

/** What an examination has found, as lines or as JSON: places and never what stands there. */
public final class TemplateText {
    private TemplateText() {}

    /** A line for each place: those of placeholders in a template, those of secrets in what is none. */
    public static String lines(ProfileTemplate.Examination examination) {
        StringBuilder lines = new StringBuilder();
        if (examination instanceof ProfileTemplate.Refused refused) {
            refused.places().forEach(place -> line(lines, place.toString()));
        } else if (examination instanceof ProfileTemplate.Sound sound) {
            ProfileTemplate template = sound.template();
            lines.append(String.format(
                    Locale.ROOT,
                    "a template of %,d octets; a subscription must give:%n",
                    template.encode().length()));
            template.secrets().forEach(place -> line(lines, place.toString()));
            template.code().forEach(code -> line(lines, code(code)));
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, String text) {
        lines.append("  ").append(text).append(System.lineSeparator());
    }

    private static String code(ProfileTemplate.Code code) {
        return code.place() + ", " + code.length() + " octets that nobody has looked into, SHA-256 "
                + code.sha256().toHex();
    }

    public static Json.Obj json(ProfileTemplate.Examination examination) {
        if (examination instanceof ProfileTemplate.Sound sound) {
            ProfileTemplate template = sound.template();
            List<Json.Obj> code = template.code().stream()
                    .map(one -> place(one.place())
                            .put("octets", one.length())
                            .put("sha256", one.sha256().toHex())
                            .build())
                    .toList();
            return Json.object()
                    .put("template", true)
                    .put("octets", template.encode().length())
                    .put("secrets", places(template.secrets()))
                    .put("code", code)
                    .build();
        }
        List<SecretPlace> found = examination instanceof ProfileTemplate.Refused refused ? refused.places() : List.of();
        return Json.object().put("template", false).put("places", places(found)).build();
    }

    private static List<Json.Obj> places(List<SecretPlace> places) {
        return places.stream().map(place -> place(place).build()).toList();
    }

    private static Json.ObjectBuilder place(SecretPlace place) {
        Json.ObjectBuilder object = Json.object()
                .put("element", place.element())
                .put("kind", place.kind().literal());
        if (place.identification().isPresent()) {
            object.put("identification", place.identification().getAsInt());
        }
        return object.put("offset", place.offset()).put("what", place.what());
    }
}
