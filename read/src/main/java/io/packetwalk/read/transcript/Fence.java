package io.packetwalk.read.transcript;

import java.util.regex.Pattern;

/** A line that begins or ends a block of text as it is: Markdown's, HTML's, a tracker's own. */
final class Fence {
  private static final Pattern ALONE =
      Pattern.compile(
          "~~~\\w*|</?(?:pre|code)>|<pre><code>|</code></pre>|\\{(?:code(?::[^}]*)?|noformat)\\}"
              + "|\\[/?code\\]");
  private static final int LONGEST = 40;
  private static final int SHORTEST = 3;

  private Fence() {}

  static boolean is(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    return text.startsWith("```", start)
        || (text.startsWith("{{<", start) && text.contains("highlight"))
        || (text.length() - start < LONGEST
            && text.length() - start >= SHORTEST
            && "~<{[".indexOf(text.charAt(start)) >= 0
            && ALONE.matcher(text.substring(start)).matches());
  }
}
