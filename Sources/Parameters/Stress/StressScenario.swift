import ClearingModel
import Quantities

/// A stress scenario by its code.
package struct StressScenarioCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// What a stress scenario is of; its rows are held to it (docs/methodology.md §8.1).
package enum StressScenarioKind: String, CaseIterable, Sendable {
    /// Moves that were seen between two dates.
    case historical
    /// One move for all months of a combined commodity.
    case parallel
    /// Near and far months move against each other.
    case twist
    case volatilityOnly = "volatility_only"
    case allUp = "all_up"
    case allDown = "all_down"
    case other
}

/// A scenario of extreme moves, with its rows (docs/methodology.md §8.1).
package struct StressScenario: Hashable, Sendable {
    /// 1, 2, … within the set: the place of its figures in every list by scenario.
    package let number: Int
    package let code: StressScenarioCode
    package let kind: StressScenarioKind
    /// Between which dates a historical one's moves were seen; nil for any other.
    package let fromDate: BusinessDate?
    package let toDate: BusinessDate?
    package let moves: [StressMove]

    package init(
        number: Int, code: StressScenarioCode, kind: StressScenarioKind, fromDate: BusinessDate? = nil,
        toDate: BusinessDate? = nil, moves: [StressMove]
    ) {
        self.number = number
        self.code = code
        self.kind = kind
        self.fromDate = fromDate
        self.toDate = toDate
        self.moves = moves
    }

    /// The row that moves a series: its combined commodity's own, where that has any, else a default one; nil where
    /// there is none. A hole between a combined commodity's own rows is not filled by the default.
    package func move(of commodity: CombinedCommodityCode, _ month: ContractMonth) -> StressMove? {
        moves(of: commodity).first { $0.holds(for: month) }
    }

    /// The rows of which one moves a series of a combined commodity: for who asks for many of its months.
    package func moves(of commodity: CombinedCommodityCode) -> [StressMove] {
        let own = moves.filter { $0.combinedCommodity == commodity }
        return own.isEmpty ? moves.filter { $0.combinedCommodity == nil } : own
    }
}
