interface Edge {
  to: number
  /** What can still be sent along it. */
  room: number
  /** The index of the same edge backwards. */
  back: number
}

/** A network whose edges carry whole numbers, each edge up to its most. */
export interface Network {
  /** @returns the edge's number, to ask {@link sent} for */
  connect(from: number, to: number, most: number): number
  /** Sends as much as can flow, by shortest paths first (Edmonds and Karp). */
  fill(source: number, sink: number): void
  /** What flows along an edge. */
  sent(edge: number): number
}

export function network(nodes: number): Network {
  const edges: Edge[] = []
  const leaving: number[][] = Array.from({ length: nodes }, () => [])

  /** The edge by which each node is reached on a shortest path with room on every edge. */
  function reach(source: number, sink: number): Map<number, number> | null {
    const by = new Map<number, number>([[source, -1]])
    const queue = [source]
    for (const node of queue)
      for (const edge of leaving[node]!) {
        const { to, room } = edges[edge]!
        if (room === 0 || by.has(to)) continue
        by.set(to, edge)
        if (to === sink) return by
        queue.push(to)
      }
    return null
  }

  function pathTo(sink: number, by: ReadonlyMap<number, number>): Edge[] {
    const path: Edge[] = []
    for (let at = by.get(sink)!; at !== -1;) {
      const edge = edges[at]!
      path.push(edge)
      at = by.get(edges[edge.back]!.to)!
    }
    return path
  }

  return {
    connect: (from, to, most) => {
      const edge = edges.push({ to, room: most, back: edges.length + 1 }) - 1
      edges.push({ to: from, room: 0, back: edge })
      leaving[from]!.push(edge)
      leaving[to]!.push(edge + 1)
      return edge
    },
    fill: (source, sink) => {
      for (let by = reach(source, sink); by !== null; by = reach(source, sink)) {
        const path = pathTo(sink, by)
        const amount = Math.min(...path.map(edge => edge.room))
        for (const edge of path) {
          edge.room -= amount
          edges[edge.back]!.room += amount
        }
      }
    },
    sent: edge => edges[edge + 1]!.room,
  }
}
