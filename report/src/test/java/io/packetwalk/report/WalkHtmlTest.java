package io.packetwalk.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.report.walk.WalkHtml;
import io.packetwalk.walk.Walk;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

class WalkHtmlTest {
  private static final Pattern TAG =
      Pattern.compile(
          "</?(?:html|head|title|style|body|header|pre|summary|details)(?: lang=\"en\"| open)?>"
              + "|<span class=\"[a-z]+\">|</span>|<!DOCTYPE html>|<meta [-=;:a-zA-Z0-9\"' ]+>");

  static List<Walk> walks() {
    return List.of(IpInIpWalk.walk(), ServiceWalk.walk(), HostileWalk.walk(), marked());
  }

  /** A state that would write markup of its own. */
  private static Walk marked() {
    return HostileWalk.of("</pre><script>alert('1')</script>&amp;\"");
  }

  @Test
  void a_page_reads_as_it_did() {
    Golden.check("ip-in-ip.html", page(IpInIpWalk.walk()));
  }

  @Test
  void a_picture_reads_as_it_did() {
    Golden.check("ip-in-ip.svg", picture(IpInIpWalk.walk()));
  }

  @ParameterizedTest
  @MethodSource("walks")
  void nothing_of_the_state_becomes_markup(Walk walk) {
    assertThat(TAG.matcher(page(walk)).replaceAll("")).doesNotContain("<").doesNotContain(">");
  }

  @ParameterizedTest
  @MethodSource("walks")
  void every_part_that_is_opened_is_closed(Walk walk) {
    String page = page(walk);
    for (String part : List.of("details", "summary", "pre", "span")) {
      assertThat(page.split("</" + part + ">", -1))
          .as(part)
          .hasSameSizeAs(page.split("<" + part + "[ >]", -1));
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void a_picture_is_a_document_of_xml(Walk walk) throws Exception {
    Document document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(picture(walk).getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
  }

  private static String page(Walk walk) {
    return html().page(walk, WalkTextTest.ASKED, List.of());
  }

  private static String picture(Walk walk) {
    return html().picture(walk, WalkTextTest.ASKED);
  }

  private static WalkHtml html() {
    return new WalkHtml(new Names(SampleCluster.snapshot()));
  }
}
