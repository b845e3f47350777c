import ClearingModel
import Margining
import Postgres
import Quantities

extension RequirementWriter {
    /// Every spread formed, a row a leg: super ones, then calendar spreads a combined commodity, then inter-commodity
    /// ones.
    func saveSpreads(_ requirements: [AccountRequirement?], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.spread_leg_formed (run_id, account, owner, step, sequence, leg, spread, combined_commodity,
                pool, side, a_side, spread_count, delta_before, consumed, contract_months, consumed_by_month,
                weighted_price_risk, rate, currency, charge, credit) from stdin (format binary)
            """
        ) { writer in
            try forEachOwner(requirements) { owned in
                try writeIntra(owned, run, to: &writer)
                var sequence = 0
                for spread in owned.requirement.interSpreads {
                    sequence += 1
                    try write(spread, sequence, owned, run, to: &writer)
                }
            }
        }
    }

    private func writeIntra(_ owned: Owned, _ run: Int64, to writer: inout BinaryCopyWriter) throws {
        var sequence: Int32 = 0
        for risk in owned.requirement.combinedCommodities {
            let terms = book.combinedCommodities[risk.combinedCommodity]
            for formed in risk.intraSpreads {
                sequence += 1
                let spread = terms.intraSpreads[formed.spread]
                for (position, leg) in formed.legs.enumerated() {
                    try writer.row(21)
                    writer.key(run, owned)
                    writer.text("intra")
                    writer.int32(sequence)
                    writer.int16(Int16(position + 1))
                    writer.text(spread.code.text)
                    writer.text(terms.code.text)
                    writer.text(spread.legs[position].pool.code)
                    writer.text(spread.legs[position].side.rawValue)
                    writer.text(formed.aSide.rawValue)
                    writer.delta(formed.count)
                    writer.null()
                    writer.consumption(leg.consumed, leg.months)
                    writer.decimalOrNull(spread.charge.isFlat ? nil : risk.weightedPriceRisk)
                    writer.decimal(spread.charge.rate)
                    writer.text(terms.currency.code.description)
                    // The charge is the spread's: it stands once, on its first leg.
                    writer.decimal(position == 0 ? formed.charge : .zero)
                    writer.decimal(.zero)
                }
            }
        }
    }

    private func write(
        _ formed: InterSpreadFormed, _ sequence: Int, _ owned: Owned, _ run: Int64, to writer: inout BinaryCopyWriter
    ) throws {
        let spread = book.interSpreads[formed.spread]
        for (position, leg) in formed.legs.enumerated() {
            let terms = spread.legs[position]
            let commodity = book.combinedCommodities[terms.combinedCommodity]
            try writer.row(21)
            writer.key(run, owned)
            writer.text(spread.isSuper ? "super" : "inter")
            writer.int32(Int32(sequence))
            writer.int16(Int16(position + 1))
            writer.text(spread.code.text)
            writer.text(commodity.code.text)
            writer.text(terms.tier.map { commodity.tiers[$0].code.text } ?? "")
            writer.text(terms.side.rawValue)
            writer.text("")
            writer.delta(formed.count)
            writer.delta(leg.deltaBefore)
            writer.consumption(leg.consumed, leg.months)
            writer.decimal(leg.weightedPriceRisk)
            writer.decimal(leg.rate)
            writer.text(commodity.currency.code.description)
            writer.decimal(.zero)
            writer.decimal(leg.credit)
        }
    }
}

extension BinaryCopyWriter {
    /// Consumed in all, the months, and what each gave.
    fileprivate mutating func consumption(_ total: Delta, _ months: [MonthConsumption]) {
        delta(total)
        self.months(months.map(\.month))
        deltas(months.map(\.consumed))
    }
}

extension IntraSpreadPool {
    /// The tier's code or the month.
    fileprivate var code: String {
        switch self {
        case .tier(let tier): tier.text
        case .month(let month): month.description
        }
    }
}

extension IntraSpreadCharge {
    fileprivate var isFlat: Bool {
        switch self {
        case .flat: true
        case .weightedPriceRisk: false
        }
    }

    fileprivate var rate: ExactDecimal {
        switch self {
        case .flat(let rate), .weightedPriceRisk(let rate): rate
        }
    }
}
