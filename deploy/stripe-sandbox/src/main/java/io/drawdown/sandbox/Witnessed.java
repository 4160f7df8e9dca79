package io.drawdown.sandbox;

import io.drawdown.sandbox.engine.EventLog;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.http.Incoming;
import io.drawdown.sandbox.http.Outgoing;
import io.drawdown.sandbox.http.Site;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Shows the witnesses what goes out. */
record Witnessed(List<Witness> witnesses) {

    /** Those on the class path. */
    static Witnessed found() {
        return new Witnessed(ServiceLoader.load(Witness.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    Site of(Site site) {
        return witnesses.isEmpty() ? site : new WitnessedSite(site);
    }

    EventLog.Recipients of(EventLog.Recipients recipients) {
        return witnesses.isEmpty() ? recipients : (tx, event) -> arrange(recipients, tx, event);
    }

    private int arrange(EventLog.Recipients recipients, Transaction tx, ObjectNode event) {
        witnesses.forEach(witness -> witness.happened(Rendering.served(event.deepCopy())));
        return recipients.arrange(tx, event);
    }

    private final class WitnessedSite implements Site {

        private final Site site;

        WitnessedSite(Site site) {
            this.site = site;
        }

        @Override
        public @Nullable Outgoing answer(Incoming request) {
            return told(request, site.answer(request));
        }

        @Override
        public Outgoing refuse(int status, String message) {
            var refusal = site.refuse(status, message);
            told(null, refusal);
            return refusal;
        }

        private @Nullable Outgoing told(@Nullable Incoming request, @Nullable Outgoing answer) {
            if (answer != null) {
                witnesses.forEach(witness -> witness.answered(request, answer));
            }
            return answer;
        }
    }
}
