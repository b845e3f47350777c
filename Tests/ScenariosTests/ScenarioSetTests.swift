import ClearingModel
import Quantities
import Scenarios
import Testing

@Test func `the classic set has sixteen scenarios in mutual pairs and its zero-move pair first`() throws {
    let set = try ScenarioSet.classic(code: ScenarioSetCode("CLASSIC"))
    #expect(set.count == 16)
    #expect(set.zeroMovePair?.first == 0)
    #expect(set.zeroMovePair?.second == 1)
    #expect(set.pairPositions == [1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 14, 15])
    #expect(set.scenarios.map(\.priceMoveNumerator).reduce(.zero, +) == .zero)
    #expect(set.scenarios[14].weight == ExactDecimal(mantissa: 35, scale: 2))
}

@Test func `a pair that is not mutual is refused`() {
    let code = ScenarioSetCode("X")
    let one = ScenarioDefinition(number: 1, priceMoveNumerator: .zero, volatilityMove: .one, pair: 2)
    let two = ScenarioDefinition(number: 2, priceMoveNumerator: .zero, volatilityMove: -.one, pair: 2)
    #expect(throws: ScenarioSetError.pairNotMutual(code, scenario: 1, pair: 2)) {
        try ScenarioSet(code: code, scenarios: [one, two])
    }
}

@Test func `a ladder without volatility pairs has no zero-move pair`() throws {
    let moves = [-2, -1, 0, 1, 2].enumerated().map {
        ScenarioDefinition(
            number: $0.offset + 1, priceMoveNumerator: ExactDecimal($0.element), volatilityMove: .zero, pair: nil)
    }
    let set = try ScenarioSet(code: ScenarioSetCode("LADDER"), scenarios: moves)
    #expect(set.zeroMovePair == nil)
    #expect(set.pairPositions == [0, 1, 2, 3, 4])
}
