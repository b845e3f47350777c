/// One figure of an account between two nights (§13.2, §13.3).
package struct PlainChange: Hashable, Sendable {
    package var yesterday: Rational?
    package var today: Rational?
    package var correction: Rational = 0
    /// One a kind, in effect order.
    package var forward: [Rational] = []
    package var reverse: [Rational] = []
    package var effects: [Rational] = []
    /// The place of the effect with the largest interaction; nil where there is none.
    package var largest: Int?

    package init(yesterday: Rational?, today: Rational?) {
        self.yesterday = yesterday
        self.today = today
    }
}

extension PlainNights {
    /// The changes of some published figures; `unit` is the minor unit, `figure` takes the figure out of a state's.
    ///
    /// `states` are the figures of every state that the two chains go through.
    package static func change(
        from yesterday: Rational?, to today: Rational?, reported: Rational?, unit: Rational,
        _ figure: (State) -> Rational
    ) -> PlainChange {
        var change = PlainChange(yesterday: yesterday, today: today)
        if let reported { change.correction = (yesterday ?? 0) - reported }
        let kinds = PlainInputKind.allCases
        guard let yesterday, let today else {
            // New or gone: all of it is positions.
            change.forward = kinds.map { $0 == .positions ? (today ?? 0) - (yesterday ?? 0) : 0 }
            change.reverse = change.forward
            change.effects = change.forward
            return change
        }
        change.forward = kinds.indices.map { place in
            figure(State(kinds[...place])) - figure(State(kinds[..<place]))
        }
        change.reverse = kinds.indices.map { place in
            figure(State(kinds[place...])) - figure(State(kinds[(place + 1)...]))
        }
        // Both ends are what was published: what other code makes of them is of the rest.
        change.forward[5] = today - yesterday - change.forward[..<5].sum()
        change.reverse[5] = today - yesterday - change.reverse[..<5].sum()
        let halves = zip(change.forward, change.reverse).map { ($0 + $1) / 2 }
        let broken = halves.indices.filter { (halves[$0] / unit).denominator != 1 }
        change.effects = halves.enumerated().map { place, half in
            guard let number = broken.firstIndex(of: place) else { return half }
            return number < broken.count / 2 ? half + unit / 2 : half - unit / 2
        }
        let interactions = zip(change.forward, change.reverse).map { ($0 - $1).magnitude }
        if let most = interactions.max(), most > 0 { change.largest = interactions.firstIndex(of: most) }
        return change
    }
}
