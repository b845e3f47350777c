extension PlainCalibrationHouse {
    /// §10, every rule by item and key.
    package func propose() throws(PlainCalibrationRefusal) -> [PlainProposal] {
        var ordered = self
        ordered.rules.sort { ($0.item.rawValue, $0.key) < ($1.item.rawValue, $1.key) }
        return try ordered.proposals()
    }

    private func proposals() throws(PlainCalibrationRefusal) -> [PlainProposal] {
        try refuseHistories()
        var proposals: [PlainProposal] = []
        for rule in rules {
            let standing = standing["\(rule.item.rawValue) \(rule.key)"]
            var proposal: PlainProposal
            var figure: Rational
            switch rule.item {
            case .priceScanRange, .volatilityScanRange, .haircut:
                guard let code = rule.factor, let factor = known(code) else {
                    throw PlainCalibrationRefusal("calibration_rule_incomplete", "\(rule.item.rawValue) \(rule.key)")
                }
                proposal = try scanRange(rule, factor)
                figure = withBuffer(&proposal, rule, standing)
            case .intraSpread:
                proposal = calendarCharge(rule)
                figure = proposal.core
            case .offsetRate:
                proposal = try offsetRate(rule)
                figure = proposal.core
            }
            finish(&proposal, figure, rule, standing)
            proposals.append(proposal)
        }
        return proposals
    }
}
