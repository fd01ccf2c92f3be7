package org.certcollect.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.output.Output;
import org.certcollect.cli.serve.Addresses;

/** The lines above all of the demo's requests: addresses, accounts, and a table of the orders. */
final class DemoHeader {
  private DemoHeader() {}

  /** Comment lines of a shell, so that the whole output can be pasted into one. */
  static List<String> lines(Addresses addresses) {
    List<String> lines = new ArrayList<>();
    lines.add("certcollect demo, not for production");
    lines.add("");
    lines.addAll(addresses.urls());
    lines.add("");
    DemoAccount.ALL.forEach(
        account ->
            lines.add("account %s, password %s".formatted(account.login(), account.password())));
    lines.add("");
    lines.addAll(Output.table(DemoOrder.ALL.stream().map(DemoHeader::fields).toList()));
    lines.add("");
    lines.add(
        "Each line below can be pasted into a shell. -> is followed by the first line of the");
    lines.add("answer. -k accepts the self-signed certificate.");
    return lines.stream().map(line -> ("# " + line).stripTrailing()).toList();
  }

  private static Fields fields(DemoOrder order) {
    return new Fields()
        .add("order", order.number())
        .add("account", order.account().login())
        .add("product", order.product().name().toLowerCase(Locale.ROOT))
        .add("state", order.stateWords())
        .add("answer", order.answer().code())
        .add("code", order.code())
        .add("certificate", order.certificate().map(DemoCertificate::title));
  }
}
