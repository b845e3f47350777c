/// Items of one chunk of work. Fixed, so that results never depend on the number of tasks.
package let chunkSize = 2048

/// Applies a pure function to chunks of `0 ..< count` on up to `threads` tasks and returns the results in order.
///
/// Chunk boundaries are fixed and results are joined by position, so the outcome is the same for any number of tasks.
/// `completed` is told after each chunk how many of how many are done; with one thread it is not called. Memory: the
/// results, twice while they are joined.
package func inChunks<T: Sendable>(
    _ count: Int, threads: Int, of size: Int = chunkSize, completed: (Int, Int) -> Void = { _, _ in },
    _ work: @Sendable @escaping (Range<Int>) -> [T]
) async -> [T] {
    let chunks = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    if threads == 1 { return chunks.flatMap(work) }
    var results = [[T]](repeating: [], count: chunks.count)
    await withTaskGroup(of: (Int, [T]).self) { group in
        var next = 0
        func addNext() {
            guard next < chunks.count else { return }
            let (position, chunk) = (next, chunks[next])
            group.addTask { (position, work(chunk)) }
            next += 1
        }
        for _ in 0..<threads { addNext() }
        var done = 0
        for await (position, result) in group {
            results[position] = result
            done += 1
            completed(done, chunks.count)
            addNext()
        }
    }
    var joined: [T] = []
    joined.reserveCapacity(results.reduce(0) { $0 + $1.count })
    for result in results { joined.append(contentsOf: result) }
    return joined
}

/// The same for chunks with one result each, which `use` takes in order, each as soon as all before it are there: what
/// it does runs beside the chunks that are still computed.
package func inChunks<T: Sendable>(
    _ count: Int, threads: Int, of size: Int = chunkSize, completed: (Int, Int) -> Void = { _, _ in },
    _ work: @Sendable @escaping (Range<Int>) -> T, use: (T) -> Void
) async {
    let chunks = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    if threads == 1 {
        for chunk in chunks { use(work(chunk)) }
        return
    }
    await withTaskGroup(of: (Int, T).self) { group in
        var (next, done, used) = (0, 0, 0)
        var waiting: [Int: T] = [:]
        func addNext() {
            guard next < chunks.count else { return }
            let (position, chunk) = (next, chunks[next])
            group.addTask { (position, work(chunk)) }
            next += 1
        }
        for _ in 0..<threads { addNext() }
        for await (position, result) in group {
            waiting[position] = result
            done += 1
            completed(done, chunks.count)
            addNext()
            while let first = waiting.removeValue(forKey: used) {
                use(first)
                used += 1
            }
        }
    }
}

/// Computes spans of `0 ..< count` in order, each while the one before it is used, and uses them in order.
///
/// No more than two spans' results are held at a time. `use` runs on the caller's task, one span after another; what it
/// throws ends the work.
package func inSpans<T: Sendable>(
    _ count: Int, of size: Int, compute: @Sendable @escaping (Range<Int>) async -> T,
    use: (Range<Int>, T) throws -> Void
) async throws {
    let spans = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    guard let first = spans.first else { return }
    var computed = await compute(first)
    for (span, following) in zip(spans, spans.dropFirst()) {
        async let next = compute(following)
        try use(span, computed)
        computed = await next
    }
    try use(spans[spans.count - 1], computed)
}
