import ClearingModel
import Quantities

/// Why a list of scenarios is not a scenario set.
package enum ScenarioSetError: Error, Hashable, Sendable {
    case empty(ScenarioSetCode)
    /// Numbers must run 1, 2, 3 … without gaps; `number` stands where `expected` should.
    case numberOutOfOrder(ScenarioSetCode, number: Int, expected: Int)
    case unknownPair(ScenarioSetCode, scenario: Int, pair: Int)
    /// A pair must name each other, or the scenario itself.
    case pairNotMutual(ScenarioSetCode, scenario: Int, pair: Int)
    case denominatorNotPositive(ScenarioSetCode, scenario: Int)
    case weightOutsideZeroToOne(ScenarioSetCode, scenario: Int)
}

extension ScenarioSetError: CustomStringConvertible {
    /// Lower case, no full stop: which set and scenario, and what is wrong with it.
    package var description: String {
        switch self {
        case .empty(let set): "scenario set \(set) has no scenario"
        case .numberOutOfOrder(let set, let number, let expected):
            "scenario set \(set) has scenario \(number) where \(expected) should be"
        case .unknownPair(let set, let scenario, let pair):
            "scenario set \(set): the pair \(pair) of scenario \(scenario) is not there"
        case .pairNotMutual(let set, let scenario, let pair):
            "scenario set \(set): scenario \(scenario) names \(pair) its pair, and \(pair) names another"
        case .denominatorNotPositive(let set, let scenario):
            "scenario set \(set): the price move of scenario \(scenario) has a denominator not above 0"
        case .weightOutsideZeroToOne(let set, let scenario):
            "scenario set \(set): the weight of scenario \(scenario) is not from 0 to 1"
        }
    }
}

/// A list of market moves, numbered 1 … n: data, never code (docs/methodology.md §3).
package struct ScenarioSet: Hashable, Sendable {
    package let code: ScenarioSetCode
    package let scenarios: [ScenarioDefinition]
    /// Positions (number − 1) of the + and − volatility scenarios at zero price move, lowest numbers first; nil where
    /// the set has none, and then time, volatility and weighted price risk are not defined.
    package let zeroMovePair: ZeroMovePair?
    /// Position of each scenario's pair; its own where it is its own pair or has none.
    package let pairPositions: [Int]

    /// Two positions in the set.
    package struct ZeroMovePair: Hashable, Sendable {
        package let first: Int
        package let second: Int
    }

    /// Scenarios may come in any order; they are kept by number.
    package init(code: ScenarioSetCode, scenarios unordered: [ScenarioDefinition]) throws(ScenarioSetError) {
        let scenarios = unordered.sorted { $0.number < $1.number }
        guard !scenarios.isEmpty else { throw .empty(code) }
        for (position, scenario) in scenarios.enumerated() {
            guard scenario.number == position + 1 else {
                throw .numberOutOfOrder(code, number: scenario.number, expected: position + 1)
            }
            guard scenario.priceMoveDenominator > .zero else {
                throw .denominatorNotPositive(code, scenario: scenario.number)
            }
            guard scenario.weight >= .zero, scenario.weight <= .one else {
                throw .weightOutsideZeroToOne(code, scenario: scenario.number)
            }
            if let pair = scenario.pair {
                guard (1...scenarios.count).contains(pair) else {
                    throw .unknownPair(code, scenario: scenario.number, pair: pair)
                }
                guard scenarios[pair - 1].pair == scenario.number else {
                    throw .pairNotMutual(code, scenario: scenario.number, pair: pair)
                }
            }
        }
        self.code = code
        self.scenarios = scenarios
        pairPositions = scenarios.map { ($0.pair ?? $0.number) - 1 }
        zeroMovePair =
            scenarios.lazy.compactMap { scenario -> ZeroMovePair? in
                guard let pair = scenario.pair, pair > scenario.number, scenario.priceMoveNumerator == .zero,
                    scenarios[pair - 1].priceMoveNumerator == .zero
                else { return nil }
                return ZeroMovePair(first: scenario.number - 1, second: pair - 1)
            }.first
    }

    package var count: Int { scenarios.count }
}
