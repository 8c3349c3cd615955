package io.packetwalk.wire.message;

import io.packetwalk.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A DNS message (RFC 1035, 4): its questions and its answers.
 *
 * @param response whether it answers
 * @param code the response code: 0 no error, 3 no such name
 * @param questions such as {@code A kubernetes.default.svc.cluster.local}
 * @param answers such as {@code kubernetes.default.svc.cluster.local A 10.96.0.1}
 */
public record DnsMessage(
    int identifier, boolean response, int code, List<String> questions, List<String> answers)
    implements Message {
  private static final int HEADER = 12;
  private static final int MOST = 64;

  public DnsMessage {
    questions = List.copyOf(questions);
    answers = List.copyOf(answers);
  }

  static Optional<Message> read(Bytes bytes) {
    if (bytes.length() < HEADER || Numbers.half(bytes, 4) > MOST) {
      return Optional.empty();
    }
    int flags = Numbers.half(bytes, 2);
    DnsCursor cursor = new DnsCursor(bytes, HEADER);
    List<String> questions = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int count = Numbers.half(bytes, 4); count > 0 && cursor.isSound(); count--) {
      cursor.question().ifPresent(questions::add);
    }
    int most = Math.min(Numbers.half(bytes, 6), MOST);
    for (int count = most; count > 0 && cursor.isSound(); count--) {
      cursor.answer().ifPresent(answers::add);
    }
    return Optional.of(
        new DnsMessage(Numbers.half(bytes, 0), flags >>> 15 != 0, flags & 0xf, questions, answers));
  }

  @Override
  public List<String> lines() {
    String kind = response ? "DNS answer" : "DNS question";
    String result = response && code != 0 ? ", " + codeName(code) : "";
    List<String> lines = new ArrayList<>();
    lines.add(kind + " " + identifier + " " + String.join(", ", questions) + result);
    lines.addAll(answers);
    return lines;
  }

  private static String codeName(int code) {
    return switch (code) {
      case 1 -> "malformed question";
      case 2 -> "server failed";
      case 3 -> "no such name";
      case 4 -> "not implemented";
      case 5 -> "refused";
      default -> "code " + code;
    };
  }
}
