package io.packetwalk.walk.meaning;

import io.packetwalk.model.Snapshot;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/**
 * Says what rules stand for in a snapshot.
 *
 * <p>It only names: what a rule does is decided by what it says, whoever wrote it.
 */
public final class Meanings {
  private final KubeRouterMeaning kubeRouter;
  private final KubeProxyMeaning kubeProxy;
  private final NftProxyMeaning nftProxy;
  private final CalicoMeaning calico;
  private final SetMeaning sets;
  private final VirtualMeaning virtual;

  public Meanings(Snapshot snapshot) {
    this.kubeRouter = new KubeRouterMeaning(snapshot.cluster());
    this.kubeProxy = new KubeProxyMeaning(snapshot.cluster());
    this.nftProxy = new NftProxyMeaning(snapshot.cluster());
    this.calico = new CalicoMeaning(snapshot);
    this.sets = new SetMeaning(snapshot);
    this.virtual = new VirtualMeaning(snapshot.cluster());
  }

  /** What a virtual server of IPVS, and the real one that was chosen, stand for. */
  public Optional<Meaning> ofVirtual(
      int protocol, IpAddress virtualAddress, int port, Optional<IpAddress> real) {
    return virtual.of(protocol, virtualAddress, port, real);
  }

  /** What the rule stands for; empty when nothing tells. */
  public Optional<Meaning> of(Decided decided) {
    Optional<Meaning> meaning =
        calico
            .of(decided)
            .or(() -> kubeRouter.of(decided))
            .or(() -> kubeProxy.of(decided))
            .or(() -> nftProxy.of(decided))
            .or(() -> OtherMeaning.of(decided));
    return sets.of(decided)
        .map(text ->
            meaning
                .map(known -> new Meaning(known.text() + " (" + text + ")", known.evidence()))
                .orElseGet(() -> Meaning.of(text)))
        .or(() -> meaning);
  }
}
