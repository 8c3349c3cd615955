package io.packetwalk.model.netfilter;

/** One comparison of a rule, or one thing that it does. */
public sealed interface RulePart permits Match, Statement {}
