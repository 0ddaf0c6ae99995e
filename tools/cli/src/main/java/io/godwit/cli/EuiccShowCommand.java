package io.godwit.cli;

import io.godwit.cli.euicc.CardText;
import io.godwit.cli.euicc.EisText;
import io.godwit.cli.euicc.VirtualCards;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryException;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.simulator.card.CardState;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code godwit euicc show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "A card's EIS as the registry has it, and, of a virtual card of this machine, its ISD-Ps and the files in them.",
            "Keys and PINs are never shown. Exit status 1 when neither knows the card."
        })
final class EuiccShowCommand implements Callable<Integer> {
    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NID", description = "The device, for example card-0-000107.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private String nid;

    @Option(names = "--tenant", defaultValue = "demo", description = "Whose device it is (default ${DEFAULT-VALUE}).")
    private String tenant = "demo";

    @Option(names = "--content", description = "With the content of each file, in hexadecimal.")
    private boolean content;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Bounds bounds = new Bounds(spec.commandLine());
        if (!Nid.isValid(nid)) {
            throw bounds.refusal("NID", "a device's nid");
        }
        TenantId owner;
        try {
            owner = new TenantId(tenant);
        } catch (IllegalArgumentException e) {
            throw bounds.refusal("--tenant", "the id of a tenant");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Installation installation = Installation.find(home.settings())) {
            Optional<CardState> card = VirtualCards.in(installation.home()).find(owner, new Nid(nid));
            boolean known = eis(installation, out);
            card.ifPresentOrElse(
                    found -> new CardText(out, content).print(found),
                    () -> out.println("Card        not one of this machine's virtual cards"));
            out.flush();
            return known || card.isPresent() ? 0 : 1;
        }
    }

    private boolean eis(Installation installation, PrintWriter out) {
        try {
            Json.Obj euicc = Operator.of(installation, tenant).euicc(nid);
            EisText.print(euicc, out);
            return true;
        } catch (RegistryException e) {
            out.println("EIS         " + (e.status() == 0 ? "not at hand: the registry is not up" : e.getMessage()));
            return false;
        }
    }
}
