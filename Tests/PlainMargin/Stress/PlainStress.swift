extension PlainStressHouse {
    /// §8, all of it, in the document's order.
    package func stress() throws(PlainStressRefusal) -> PlainStressFigures {
        try refuse()
        var arrays: [Int: [String: Rational]] = [:]
        var outcomes: [PlainStressOutcome] = []
        for scenario in scenariosByNumber {
            let array = try stressArray(scenario)
            arrays[scenario.number] = array
            outcomes.append(outcome(scenario.number, exposures(array)))
        }
        // The lowest number among equals.
        guard var worst = outcomes.first else { throw PlainStressRefusal("no_scenario", "") }
        for outcome in outcomes where outcome.cover > worst.cover { worst = outcome }
        let reverse = reverseStress()
        return PlainStressFigures(
            arrays: arrays, scenarios: outcomes, noOffset: outcome(0, noOffsetExposures(arrays)), fund: fundInBase,
            contributionsExceedFund: !areInFundsCurrency
                && contributions.map { inBase($0.money.amount, from: $0.money.currency) }.sum() > fundInBase,
            coverScenario: worst.number, addOns: addOns(outcomes), reverse: reverse,
            smallestReverse: smallest(reverse), secondRound: try secondRound(after: worst, outcomes))
    }
}
