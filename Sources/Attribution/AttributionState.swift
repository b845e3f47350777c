/// Of which night each kind of input is (docs/methodology.md §13.1).
package struct AttributionState: Hashable, Sendable {
    /// A bit a kind that is today's, by its place.
    private let kindsOfToday: UInt8

    /// Every input is yesterday's: what yesterday's run was computed from.
    package static let yesterday = AttributionState(kindsOfToday: 0)
    /// Every input is today's.
    package static let today = AttributionState(kindsOfToday: (1 << AttributedKind.allCases.count) - 1)

    /// The night a kind of input is taken from.
    package func night(of kind: AttributedKind) -> AttributedNight {
        kindsOfToday & 1 << kind.place == 0 ? .yesterday : .today
    }

    /// The state with a kind switched to today's.
    package func switching(_ kind: AttributedKind) -> AttributionState {
        AttributionState(kindsOfToday: kindsOfToday | 1 << kind.place)
    }

    /// Yesterday's state, then the kinds switched one after another in effect order: seven states, the last today's.
    package static let forward = chain(AttributedKind.allCases)
    /// The same with the kinds switched in the opposite order. Both ends are the forward chain's: twelve states in all.
    package static let reverse = chain(AttributedKind.allCases.reversed())

    private static func chain(_ kinds: [AttributedKind]) -> [AttributionState] {
        kinds.reduce(into: [yesterday]) { states, kind in
            if let last = states.last { states.append(last.switching(kind)) }
        }
    }
}
