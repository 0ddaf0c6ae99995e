package io.godwit.local.postgres;

import static java.util.Objects.requireNonNull;

import io.godwit.local.access.Credentials;
import io.godwit.local.access.DatabaseAccess;
import io.godwit.local.access.PlatformException;
import io.godwit.local.home.DataVersions;
import io.godwit.local.home.PlatformHome;
import io.godwit.local.home.Secrets;
import io.godwit.local.process.Answer;
import io.godwit.local.process.Component;
import io.godwit.local.process.Launch;
import io.godwit.local.process.StopSignal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The PostgreSQL server of one home, with a database and three roles for each service. */
public final class PostgresServer implements Component {
    private static final String ADMINISTRATOR = "godwit_admin";

    private final PlatformHome home;
    private final Path cache;
    private final int port;
    private final boolean durable;
    private final Secrets secrets;
    private final PostgresFolder folder;

    /** On this port; {@code durable} false is for data that nobody will miss. */
    public PostgresServer(PlatformHome home, Path cache, int port, boolean durable, Secrets secrets) {
        this.home = home;
        this.cache = cache;
        this.port = port;
        this.durable = durable;
        this.secrets = secrets;
        this.folder = new PostgresFolder(home.folder("postgres"));
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    /** A service's database and how to log in. */
    public DatabaseAccess access(Database database) {
        return new DatabaseAccess(
                database.databaseName(),
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database.databaseName(),
                credentials(database.ownerRole()),
                credentials(database.applicationRole()),
                credentials(database.dispatcherRole()));
    }

    /** The superuser, for people who look into the database; no program of ours uses it after the setup. */
    public Credentials administrator() {
        return credentials(ADMINISTRATOR);
    }

    @Override
    public Launch prepare() {
        PostgresBinaries binaries = PostgresBinaries.in(cache);
        DataVersions.of(home).use(name(), PostgresBinaries.version());
        folder.make(binaries, ADMINISTRATOR, administrator().password(), durable);
        folder.forgetDeadServer();
        folder.configure(port, durable);
        List<String> command = new ArrayList<>(UserNamespace.wrapIfRoot(binaries.program("postgres")));
        command.addAll(List.of("-D", folder.data().toString()));
        return new Launch(command, Map.of(), StopSignal.INT, Launch.PATIENT_START, Duration.ofSeconds(30));
    }

    @Override
    public Answer probe() {
        try (Connection connection = connect()) {
            return connection.isValid(2) ? new Answer.Ready() : new Answer.Silent("the connection is not valid");
        } catch (SQLException e) {
            return new Answer.Silent(requireNonNull(e.getMessage()));
        }
    }

    @Override
    public void afterStart() {
        try (Connection connection = connect()) {
            DatabaseSetup setup =
                    new DatabaseSetup(connection, role -> credentials(role).password());
            for (Database database : Database.values()) {
                setup.make(database);
            }
        } catch (SQLException e) {
            throw new PlatformException(
                    "The databases could not be made: " + e.getMessage() + ".",
                    "Read " + home.log(name()) + ", then start again.",
                    e);
        }
    }

    private Credentials credentials(String role) {
        return new Credentials(role, secrets.secret("postgres." + role));
    }

    private Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
        source.setConnectTimeout(2);
        source.setSocketTimeout(30);
        return source.getConnection(ADMINISTRATOR, administrator().password());
    }
}
