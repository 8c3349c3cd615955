package io.packetwalk.report;

/**
 * A question's ends in the words of whoever asked.
 *
 * @param from such as {@code shop/api-7c9f8d6b54-x2k4p}
 * @param to such as {@code svc/shop/cart:80}
 */
public record Asked(String from, String to) {}
