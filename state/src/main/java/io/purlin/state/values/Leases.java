package io.purlin.state.values;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may still read the chunks of lists. Invariant: a list's chunks are deleted once its owner has
 * dropped it and no lease of it is reachable any more.
 *
 * <p>Owned by the lists' thread; leases are held by any.
 */
final class Leases {
  private final ReferenceQueue<Lease> over = new ReferenceQueue<>();
  private final Set<Reference> references = new HashSet<>();
  private final Map<Long, Loan> loans = new HashMap<>();

  /** Deletes the first chunks of a list. */
  interface Deleter {
    void delete(long list, int chunks);
  }

  /** Whoever holds it may read. */
  static final class Lease {}

  private static final class Reference extends PhantomReference<Lease> {
    private final long list;

    Reference(Lease lease, ReferenceQueue<Lease> queue, long list) {
      super(lease, queue);
      this.list = list;
    }
  }

  private static final class Loan {
    private int leases;
    private int chunksWhenDropped = -1;
  }

  /** A new lease of a list. */
  Lease lend(long list) {
    Lease lease = new Lease();
    references.add(new Reference(lease, over, list));
    loans.computeIfAbsent(list, l -> new Loan()).leases++;
    return lease;
  }

  /** The owner of a list drops it. */
  void drop(long list, int chunks, Deleter deleter) {
    Loan loan = loans.get(list);
    if (loan == null) {
      deleter.delete(list, chunks);
    } else {
      loan.chunksWhenDropped = chunks;
    }
  }

  /** Deletes what nobody can read any more. */
  void settle(Deleter deleter) {
    for (@Nullable Object each = over.poll(); each != null; each = over.poll()) {
      Reference reference = (Reference) each;
      references.remove(reference);
      Loan loan = loans.get(reference.list);
      if (loan == null) {
        throw new IllegalStateException("list " + reference.list + " was not lent");
      }
      loan.leases--;
      if (loan.leases == 0) {
        loans.remove(reference.list);
        if (loan.chunksWhenDropped >= 0) {
          deleter.delete(reference.list, loan.chunksWhenDropped);
        }
      }
    }
  }
}
