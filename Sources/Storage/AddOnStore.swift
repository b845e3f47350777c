import ClearingModel
import Margining
import Postgres
import Quantities

/// What one owner holds in one combined commodity, as the add-ons see it.
package struct Exposure: Sendable {
    package let owner: OwnerCode
    package let combinedCommodity: CombinedCommodityCode
    package let size: PositionSize
    /// max(0, risk − net option value), in the combined commodity's currency.
    package let base: Money
}

/// One liquidity group of an account class.
package struct LiquidityGroupRow: Sendable {
    package let accountClass: AccountClassCode
    package let group: LiquidityGroupCode
    package let horizonDays: ExactDecimal
    package let combinedCommodity: CombinedCommodityCode
    package let participation: ExactDecimal
    package let extraDays: ExactDecimal
}

/// One concentration tier of an account class.
package struct ConcentrationTierRow: Sendable {
    package let accountClass: AccountClassCode
    package let combinedCommodity: CombinedCommodityCode
    /// `adv` or `open_interest`.
    package let tiersOf: String
    package let tier: ConcentrationTier
}

/// Volume and open interest of a combined commodity, in contracts.
package struct LiquidityRow: Sendable {
    package let averageDailyVolume: ExactDecimal
    package let openInterest: ExactDecimal?
}

/// An add-on of an account, with what it counts in the call currency.
package struct AccountAddOn: Sendable {
    package let account: AccountCode
    package let owner: OwnerCode
    package let line: AddOnLine
    package let converted: Money

    package init(account: AccountCode, owner: OwnerCode, line: AddOnLine, converted: Money) {
        self.account = account
        self.owner = owner
        self.line = line
        self.converted = converted
    }
}

/// What add-ons are computed from, and where they go.
package struct AddOnStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Exposures of a run by account, in the order of owner and combined commodity.
    package func exposures(run: Int64, currencies: [Currency]) throws -> [(account: AccountCode, exposures: [Exposure])]
    {
        var accounts: [(account: AccountCode, exposures: [Exposure])] = []
        try connection.stream(.loadExposures, [.int64(run)]) { row in
            let account = AccountCode(try row.text())
            let owner = OwnerCode(try row.text())
            let combinedCommodity = CombinedCommodityCode(try row.text())
            let code = try row.text()
            let netDelta = try row.numericScaled(4)
            let risk = try row.decimal()
            let netOptionValue = try row.decimal()
            guard let currency = currencies.first(where: { $0.code.description == code }) else {
                throw UnreadableValue(column: "currency", value: code)
            }
            let exposure = Exposure(
                owner: owner, combinedCommodity: combinedCommodity, size: PositionSize(netDelta: netDelta),
                base: addOnBase(
                    risk: Money(rounding: risk, currency: currency),
                    netOptionValue: Money(rounding: netOptionValue, currency: currency)))
            if accounts.last?.account == account {
                accounts[accounts.count - 1].exposures.append(exposure)
            } else {
                accounts.append((account, [exposure]))
            }
        }
        return accounts
    }

    /// Volumes and open interest of a date, as a run sees them that pinned `pin`.
    package func liquidity(pin: Int64, _ date: BusinessDate) throws -> [CombinedCommodityCode: LiquidityRow] {
        var rows: [CombinedCommodityCode: LiquidityRow] = [:]
        for row in try connection.rows(.loadLiquidity, [.int64(pin), date.value]) {
            rows[try row.code(0)] = LiquidityRow(
                averageDailyVolume: try row.decimal(1), openInterest: try row.decimalOrNull(2))
        }
        return rows
    }

    /// The liquidity groups of a parameter set, a row a combined commodity in one.
    package func liquidityGroups(_ set: ParameterSetCode) throws -> [LiquidityGroupRow] {
        try connection.rows(.loadLiquidityGroups, [.text(set.text)]).map { row in
            LiquidityGroupRow(
                accountClass: try row.code(0), group: try row.code(1), horizonDays: try row.decimal(2),
                combinedCommodity: try row.code(3), participation: try row.decimal(4), extraDays: try row.decimal(5))
        }
    }

    /// The concentration tiers of a parameter set, ascending within a combined commodity.
    package func concentrationTiers(_ set: ParameterSetCode) throws -> [ConcentrationTierRow] {
        try connection.rows(.loadConcentrationTiers, [.text(set.text)]).map { row in
            ConcentrationTierRow(
                accountClass: try row.code(0), combinedCommodity: try row.code(1), tiersOf: try row.text(2),
                tier: ConcentrationTier(above: try row.decimal(3), rate: try row.decimal(4)))
        }
    }

    /// Writes a run's add-ons and returns the rows written. `midway` is called once, half-way through.
    package func save(_ addOns: [AccountAddOn], run: Int64, midway: () -> Void) throws -> Int64 {
        let rows = try connection.copyIn(
            """
            copy margin.add_on (run_id, account, add_on, item, currency, base, position_size, liquidation_days, driver,
                amount, call_currency, converted_amount) from stdin (format binary)
            """
        ) { writer in
            for (position, addOn) in addOns.enumerated() {
                if position == addOns.count / 2 { midway() }
                let line = addOn.line
                try writer.row(12)
                writer.int64(run)
                writer.text(addOn.account.text)
                writer.text(line.kind.rawValue)
                writer.text(addOn.owner == .none ? line.item.text : "\(addOn.owner):\(line.item)")
                writer.text(line.base.currency.code.description)
                writer.money(line.base)
                if let size = line.size {
                    writer.numeric(unscaled: size.tenThousandths, scale: 4)
                } else {
                    writer.null()
                }
                if let days = line.liquidationDays {
                    writer.double(days.rounded(toScale: 12).double)
                } else {
                    writer.null()
                }
                writer.text(line.driver)
                writer.money(line.amount)
                writer.text(addOn.converted.currency.code.description)
                writer.money(addOn.converted)
            }
        }
        return Int64(rows)
    }
}
