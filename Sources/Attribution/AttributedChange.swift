/// The change of one figure between two nights, told by the six kinds of input (docs/methodology.md §13.2).
///
/// Amounts are minor units of one currency. Forward effects, reverse effects and effects each add up to the change.
package struct AttributedChange: Hashable, Sendable {
    /// What one kind of input did.
    package struct Effect: Hashable, Sendable {
        package let kind: AttributedKind
        /// The change at its switch, the kinds before it in effect order already today's.
        package let forward: Int64
        /// The change at its switch, the kinds after it in effect order already today's.
        package let reverse: Int64
        /// Half of both together; of odd sums the first half in effect order up, the others down.
        package let effect: Int64

        /// How much the effect depends on what was switched before it; signed.
        package var interaction: Int64 { forward - reverse }
    }

    /// The published figures; nil where the night has none.
    package let yesterday: Int64?
    package let today: Int64?
    /// One a kind, in effect order.
    package let effects: [Effect]

    /// The effects of a chain of seven figures each way.
    ///
    /// Where an end differs from the published figure, the code has changed in between: the difference is static.
    /// Traps where a sum leaves 64 bits.
    package init(yesterday: Int64, today: Int64, forward: [Int64], reverse: [Int64]) {
        let kinds = AttributedKind.allCases
        precondition(
            forward.count == kinds.count + 1 && reverse.count == forward.count && forward.first == reverse.first
                && forward.last == reverse.last, "both chains lead from one state to another, a switch a kind")
        let ofCode = (forward[0] - yesterday) - (forward[kinds.count] - today)
        let steps = kinds.map { kind in
            let place = kind.place
            let back = kinds.count - 1 - place
            let step = kind == .static ? ofCode : 0
            return (
                forward: forward[place + 1] - forward[place] + step, reverse: reverse[back + 1] - reverse[back] + step
            )
        }
        self.init(yesterday: yesterday, today: today, steps: steps)
    }

    /// The effects as they were kept, one a kind in effect order: they lead from one figure to the other both ways.
    package init(yesterday: Int64, today: Int64, forwardEffects: [Int64], reverseEffects: [Int64]) {
        precondition(
            forwardEffects.count == AttributedKind.allCases.count && reverseEffects.count == forwardEffects.count
                && forwardEffects.reduce(yesterday, +) == today && reverseEffects.reduce(yesterday, +) == today,
            "effects add up to the change, one a kind")
        self.init(
            yesterday: yesterday, today: today,
            steps: zip(forwardEffects, reverseEffects).map { (forward: $0, reverse: $1) })
    }

    /// A figure that one night lacks, its account being new or gone: the whole change is positions, without runs.
    package init(yesterday: Int64?, today: Int64?) {
        let change = (today ?? 0) - (yesterday ?? 0)
        self.init(
            yesterday: yesterday, today: today,
            steps: AttributedKind.allCases.map { $0 == .positions ? (change, change) : (0, 0) })
    }

    private init(yesterday: Int64?, today: Int64?, steps: [(forward: Int64, reverse: Int64)]) {
        self.yesterday = yesterday
        self.today = today
        // The odd sums are an even number, because both chains add up to the same change.
        var up = steps.count { ($0.forward + $0.reverse) & 1 != 0 } / 2
        effects = zip(AttributedKind.allCases, steps).map { kind, step in
            let sum = step.forward + step.reverse
            var half = sum >> 1
            if sum & 1 != 0, up > 0 {
                half += 1
                up -= 1
            }
            return Effect(kind: kind, forward: step.forward, reverse: step.reverse, effect: half)
        }
    }

    /// The effect with the largest interaction in size, the first of equal ones; nil where all are 0.
    package var largestInteraction: Effect? {
        var largest: Effect?
        for effect in effects where effect.interaction.magnitude > largest?.interaction.magnitude ?? 0 {
            largest = effect
        }
        return largest
    }
}
