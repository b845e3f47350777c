import Attribution
import Testing

/// The effects of two chains, by hand (docs/methodology.md §13.2).
@Suite struct AttributedChangeTests {
    /// A chain of figures from the change at each switch.
    private func chain(from start: Int64, _ steps: [Int64]) -> [Int64] {
        steps.reduce(into: [start]) { figures, step in figures.append((figures.last ?? start) + step) }
    }

    /// A change by what each kind moves forward and in reverse, both in effect order.
    private func change(forward: [Int64], reverse: [Int64]) -> AttributedChange {
        let total = forward.reduce(0, +)
        return AttributedChange(
            yesterday: 1000, today: 1000 + total, forward: chain(from: 1000, forward),
            reverse: chain(from: 1000, reverse.reversed()))
    }

    @Test func `states are yesterday, then a kind more of today, in effect order and against it`() {
        let forward = AttributionState.forward
        let reverse = AttributionState.reverse
        #expect(forward.count == 7 && reverse.count == 7)
        #expect(forward.first == .yesterday && forward.last == .today)
        #expect(reverse.first == .yesterday && reverse.last == .today)
        #expect(Set(forward + reverse).count == 12)
        #expect(forward[1].night(of: .time) == .today && forward[1].night(of: .positions) == .yesterday)
        #expect(forward[5].night(of: .parameters) == .today && forward[5].night(of: .static) == .yesterday)
        #expect(reverse[1].night(of: .static) == .today && reverse[1].night(of: .parameters) == .yesterday)
        #expect(reverse[5].night(of: .positions) == .today && reverse[5].night(of: .time) == .yesterday)
        #expect(
            AttributedKind.allCases.map(\.rawValue)
                == ["time", "positions", "prices", "volatilities", "parameters", "static"])
        #expect(AttributedKind.allCases.map(\.place) == Array(0..<6))
    }

    @Test func `each effect is the mean of its changes in the two chains, its interaction their difference`() {
        let change = change(forward: [10, 200, -30, 4, 0, 6], reverse: [14, 180, -20, 6, 10, 0])
        #expect(change.effects.map(\.kind) == AttributedKind.allCases)
        #expect(change.effects.map(\.forward) == [10, 200, -30, 4, 0, 6])
        #expect(change.effects.map(\.reverse) == [14, 180, -20, 6, 10, 0])
        #expect(change.effects.map(\.effect) == [12, 190, -25, 5, 5, 3])
        #expect(change.effects.map(\.interaction) == [-4, 20, -10, -2, -10, 6])
        #expect(change.largestInteraction?.kind == .positions)
        #expect(change.yesterday == 1000 && change.today == 1190)
    }

    @Test(
        arguments: [
            // Two odd sums: 3/2 up, 5/2 down.
            (forward: [1, 0, 2, 0, 0, 0], reverse: [2, 0, 3, 0, 0, -2] as [Int64], effects: [2, 0, 2, 0, 0, -1]),
            // Below zero up is towards it: −3/2 to −1, −5/2 to −3.
            (forward: [-1, 0, -2, 0, 0, 0], reverse: [-2, 0, -3, 0, 0, 2], effects: [-1, 0, -3, 0, 0, 1]),
            // Four: the first two up, the last two down, whatever lies between.
            (forward: [1, 1, 4, 0, 0, 0], reverse: [0, 2, 4, 1, -1, 0], effects: [1, 2, 4, 0, -1, 0]),
            // All six.
            (forward: [1, 1, 1, 1, 1, 1], reverse: [0, 0, 0, 2, 2, 2], effects: [1, 1, 1, 1, 1, 1]),
        ] as [(forward: [Int64], reverse: [Int64], effects: [Int64])])
    func `of half units the first half in effect order go up and the rest down`(
        forward: [Int64], reverse: [Int64], effects: [Int64]
    ) {
        let change = change(forward: forward, reverse: reverse)
        #expect(change.effects.map(\.effect) == effects)
        #expect(effects.reduce(0, +) == forward.reduce(0, +))
    }

    @Test func `of equally large interactions the first counts, signed, and none where all are 0`() {
        let tied = change(forward: [0, -7, 7, 0, 0, 0], reverse: [0, 0, 0, 0, 0, 0])
        #expect(tied.largestInteraction?.kind == .positions)
        #expect(tied.largestInteraction?.interaction == -7)
        #expect(change(forward: [1, 2, 3, 4, 5, 6], reverse: [1, 2, 3, 4, 5, 6]).largestInteraction == nil)
    }

    /// The chains run from 1,003 to 1,110, while 1,000 and 1,100 were published: 3 − 10 is of the code.
    @Test func `what other code makes of the ends is static, in both chains alike`() {
        let change = AttributedChange(
            yesterday: 1000, today: 1100, forward: chain(from: 1003, [7, 100, 0, 0, 0, 0]),
            reverse: chain(from: 1003, [0, 0, 0, 0, 102, 5]))
        #expect(change.effects.map(\.forward) == [7, 100, 0, 0, 0, -7])
        #expect(change.effects.map(\.reverse) == [5, 102, 0, 0, 0, -7])
        #expect(change.effects.map(\.effect) == [6, 101, 0, 0, 0, -7])
    }

    @Test func `a new or gone account moves positions only`() {
        let new = AttributedChange(yesterday: nil, today: 500)
        #expect(new.effects.map(\.effect) == [0, 500, 0, 0, 0, 0] && new.largestInteraction == nil)
        let gone = AttributedChange(yesterday: 301, today: nil)
        #expect(gone.effects.map(\.forward) == [0, -301, 0, 0, 0, 0])
        #expect(gone.effects.map(\.reverse) == [0, -301, 0, 0, 0, 0])
    }
}
