/** What a practice cluster consists of: nodes, pods, Services and policies with their addresses. */
package io.packetwalk.lab.plan;
