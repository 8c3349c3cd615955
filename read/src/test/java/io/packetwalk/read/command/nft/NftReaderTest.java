package io.packetwalk.read.command.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.ChainType;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.HookPoint;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.model.netfilter.TableFamily;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.Place;
import io.packetwalk.wire.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NftReaderTest {
  static Reading read(String command, String output) {
    List<Line> lines = new ArrayList<>();
    int number = 2;
    for (String line : output.split("\n", -1)) {
      lines.add(new Line("state.txt", number++, line.stripTrailing()));
    }
    return new NftReader()
        .read(
            new CommandRun(
                new Place.Host("node"),
                List.of(command.split(" ", -1)),
                new Line("state.txt", 1, "# " + command),
                lines,
                false));
  }

  private static FilterDump dump(Reading reading) {
    assertThat(reading.unread()).isEmpty();
    return ((Fact.Filter) reading.facts().getFirst()).dump();
  }

  private static RuleTable table(String output) {
    return dump(read("nft list ruleset", output)).tables().getFirst();
  }

  private static Chain chain(RuleTable table, String name) {
    return table.chains().values().stream()
        .filter(chain -> chain.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ElementSet set(RuleTable table, String name) {
    return table.sets().values().stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Rule rule(String text) {
    RuleTable table = table("table inet t {\n\tchain c {\n\t\t" + text + "\n\t}\n}");
    return chain(table, "c").rules().getFirst();
  }

  private static String vocabulary(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(NftReaderTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void every_line_of_what_the_kernel_lists_is_read() throws IOException {
    assertThat(read("nft list ruleset", vocabulary("vocabulary.nft")).unread()).isEmpty();
  }

  @Test
  void json_says_the_same_as_text() throws IOException {
    FilterDump text = dump(read("nft list ruleset", vocabulary("vocabulary.nft")));
    FilterDump json = dump(read("nft -j list ruleset", vocabulary("vocabulary.json")));
    assertThat(json.tables()).extracting(RuleTable::name).isEqualTo(names(text));
    for (RuleTable table : text.tables()) {
      RuleTable same = json.tables().stream().filter(table::isSameAs).findFirst().orElseThrow();
      table
          .chains()
          .forEach((name, chain) -> {
            List<List<RulePart>> parts = chain.rules().stream().map(NftReaderTest::bare).toList();
            assertThat(chain(same, name).rules().stream().map(NftReaderTest::bare).toList())
                .describedAs(name)
                .isEqualTo(parts);
          });
    }
  }

  private static List<String> names(FilterDump dump) {
    return dump.tables().stream().map(RuleTable::name).toList();
  }

  /** What decides, without sources and the texts of what is only passed over. */
  private static List<RulePart> bare(Rule rule) {
    return rule.parts().stream()
        .filter(part -> !(part instanceof Statement.Aside))
        .filter(part -> !(part instanceof Match.Presumed || part instanceof Match.Open))
        .filter(part -> !(part instanceof Statement.Queue || part instanceof Statement.ChangeSet))
        .filter(part -> !part.toString().contains("Source["))
        .filter(part -> !part.toString().contains("Unreadable"))
        .toList();
  }

  @Test
  void a_line_that_is_no_nft_costs_that_line_only() {
    Reading reading =
        read(
            "nft list ruleset",
            "table ip t {\n"
                + "\tchain c {\n"
                + "\t\tfrobnicate 5 accept\n"
                + "\t\ttcp dport 80 drop\n"
                + "\t}\n"
                + "}\n"
                + "bye");
    assertThat(reading.unread()).extracting(unread -> unread.line().number()).containsExactly(4, 8);
    FilterDump dump = ((Fact.Filter) reading.facts().getFirst()).dump();
    List<Rule> rules = chain(dump.tables().getFirst(), "c").rules();
    assertThat(rules).hasSize(2);
    assertThat(rules.getFirst().parts())
        .containsExactly(new Statement.Unreadable("frobnicate 5 accept"));
    assertThat(rules.get(1).parts()).hasSize(3).endsWith(new Statement.Drop());
  }

  @Test
  void priorities_have_names_and_sums() {
    RuleTable table =
        table(
            """
            table inet t {
            	chain a {
            		type nat hook postrouting priority srcnat + 10; policy drop;
            	}
            	chain b {
            		type filter hook ingress devices = { eth0, "eth1" } priority -5; policy accept;
            	}
            	chain c { # handle 3
            		type route hook output priority mangle - 1
            	}
            }
            """);
    assertThat(chain(table, "a").base())
        .contains(
            new BaseHook(
                ChainType.NAT, HookPoint.POSTROUTING, 110, BaseHook.Policy.DROP, List.of()));
    assertThat(chain(table, "b").base())
        .contains(
            new BaseHook(
                ChainType.FILTER,
                HookPoint.INGRESS,
                -5,
                BaseHook.Policy.ACCEPT,
                List.of("eth0", "eth1")));
    assertThat(chain(table, "c").base())
        .contains(
            new BaseHook(
                ChainType.ROUTE, HookPoint.OUTPUT, -151, BaseHook.Policy.ACCEPT, List.of()));
  }

  @Test
  void an_element_knows_its_line() {
    RuleTable table =
        table(
            """
            table ip t {
            	map m {
            		type ipv4_addr . inet_proto . inet_service : verdict
            		elements = { 10.96.0.1 . tcp . 443 comment "a, b : c" : goto one,
            			     10.96.0.10 . udp . 53 : drop }
            	}
            }
            """);
    ElementSet map = set(table, "m");
    assertThat(map.coverage()).isEqualTo(Coverage.COMPLETE);
    Optional<Element> found =
        map.find(List.of(Datum.of(IpAddress.of("10.96.0.10")), Datum.of(17), Datum.of(53)));
    assertThat(found.flatMap(Element::verdict)).contains(new Statement.Drop());
    assertThat(found.flatMap(Element::source).map(Source::line)).contains(6);
    assertThat(
            map.find(List.of(Datum.of(IpAddress.of("10.96.0.1")), Datum.of(6), Datum.of(443)))
                .flatMap(Element::verdict))
        .contains(new Statement.Goto("one"));
  }

  @Test
  void a_chain_of_kube_proxy_is_named_as_it_is() {
    assertThat(
            rule("numgen random mod 1 vmap { 0 : goto endpoint-X-ns/svc/tcp/p__10.0.0.1/80 }")
                .parts()
                .getFirst())
        .isInstanceOfSatisfying(
            Statement.VerdictMap.class,
            map ->
                assertThat(map.map().toString()).contains("endpoint-X-ns/svc/tcp/p__10.0.0.1/80"));
  }

  @Test
  void a_handle_is_no_part_of_a_rule_but_other_remarks_are_not_understood() {
    assertThat(rule("accept # handle 5").parts()).containsExactly(new Statement.Accept());
    Reading reading =
        read("nft list ruleset", "table ip t {\n\tchain c {\n\t\taccept # match-set X\n\t}\n}");
    assertThat(reading.unread()).hasSize(1);
  }

  @Test
  void a_match_that_only_iptables_has_words_for_is_read_in_those() {
    Rule first = rule("# match-set web src counter packets 0 bytes 0 return");
    assertThat(first.parts())
        .satisfiesExactly(
            part -> assertThat(part).isInstanceOf(Match.Membership.class),
            part -> assertThat(part).isEqualTo(new Statement.Return()));
    Rule later =
        rule("meta l4proto tcp # match-set web src # unheard of counter packets 1 bytes 2 accept");
    assertThat(later.parts().getLast()).isEqualTo(new Statement.Accept());
    assertThat(later.parts()).filteredOn(part -> part instanceof Match.Unreadable).hasSize(1);
    assertThat(later.counter()).isPresent();
  }

  @Test
  void an_extension_that_is_only_named_costs_itself_only() {
    Rule rule = rule("xt match \"comment\" counter packets 0 bytes 0 xt target \"LOG\"");
    assertThat(rule.parts()).singleElement().isInstanceOf(Statement.Aside.class);
    assertThat(rule("xt match \"set\" counter packets 0 bytes 0 drop").parts())
        .containsExactly(new Match.Unreadable("xt match set"), new Statement.Drop());
    assertThat(rule("counter packets 0 bytes 0 xt target \"DNAT\"").parts())
        .containsExactly(new Statement.Unreadable("xt target DNAT"));
  }

  @Test
  void a_meter_is_what_sets_are_since() {
    Rule since = rule("update @m { ip saddr limit rate over 5/second } drop");
    for (String before : List.of("meter m", "meter m size 99", "flow table m")) {
      Rule rule = rule(before + " { ip saddr limit rate over 5/second } drop");
      assertThat(rule.parts()).hasSameSizeAs(since.parts());
      assertThat(rule.parts().get(1)).isEqualTo(since.parts().get(1));
    }
  }

  @Test
  void a_listing_of_one_chain_is_a_part_of_the_ruleset() {
    FilterDump dump =
        dump(read("nft list chain ip t c", "table ip t {\n\tchain c {\n\t\taccept\n\t}\n}"));
    assertThat(dump.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(dump.tables().getFirst().family()).isEqualTo(TableFamily.IP);
  }

  @Test
  void elements_that_were_left_out_are_not_known() {
    String listed = "table ip t {\n\tset s {\n\t\ttype ipv4_addr\n\t}\n}";
    assertThat(set(dump(read("nft -t list ruleset", listed)).tables().getFirst(), "s").coverage())
        .isEqualTo(Coverage.PARTIAL);
  }
}
