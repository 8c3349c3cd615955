/** What the rules of Kubernetes' programs stand for: Services, endpoints, policies, pods. */
package io.packetwalk.walk.meaning;
