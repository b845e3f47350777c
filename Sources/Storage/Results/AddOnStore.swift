import ClearingModel
import Margining
import Postgres
import Quantities
import Results

/// A run's add-ons, and what they scale with.
package struct AddOnStore {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Exposures of a run by account, in the order of owner and combined commodity.
    package func exposures(run: Int64, currencies: [Currency]) throws -> [AccountExposures] {
        let currencies = Dictionary(
            currencies.map { ($0.code.description, $0) }, uniquingKeysWith: { first, _ in first })
        var accounts: [AccountExposures] = []
        try connection.stream(.loadExposures, [.int64(run)]) { row in
            let account = AccountCode(try row.text())
            let owner = OwnerCode(try row.text())
            let combinedCommodity = CombinedCommodityCode(try row.text())
            let code = try row.text()
            let netDelta = try row.delta()
            guard let currency = currencies[code] else { throw UnreadableValue(column: "currency", value: code) }
            let amounts = try (0..<4).map { _ in Money(rounding: try row.decimal(), currency: currency) }
            let exposure = Exposure(
                owner: owner, combinedCommodity: combinedCommodity, netDelta: netDelta,
                base: addOnBase(risk: amounts[0], netOptionValue: amounts[1]), initialRisk: amounts[2],
                standaloneInitialRisk: amounts[3])
            if accounts.last?.account == account {
                accounts[accounts.count - 1].exposures.append(exposure)
            } else {
                accounts.append(AccountExposures(account: account, exposures: [exposure]))
            }
        }
        return accounts
    }

    /// A run's requirement by account, in its call currency.
    package func requirements(run: Int64) throws -> [AccountCode: ExactDecimal] {
        var requirements: [AccountCode: ExactDecimal] = [:]
        try connection.stream(.loadRequirementTotals, [.int64(run)]) { row in
            let account = AccountCode(try row.text())
            requirements[account] = try row.decimal()
            _ = try row.decimal()
        }
        return requirements
    }

    /// Writes a run's add-ons and returns the rows written. `midway` is called once, half-way through.
    package func save(_ addOns: [AccountAddOn], run: Int64, midway: () -> Void) throws -> Int64 {
        let rows = try connection.copyIn(
            """
            copy margin.add_on (run_id, account, owner, level, add_on, item, currency, base, position_size,
                liquidation_days, driver, multiplier, amount, call_currency, converted_amount)
                from stdin (format binary)
            """
        ) { writer in
            for (position, addOn) in addOns.enumerated() {
                if position == addOns.count / 2 { midway() }
                let line = addOn.line
                try writer.row(15)
                writer.int64(run)
                for text in [addOn.account.text, addOn.owner.text, addOn.level.rawValue, line.kind.rawValue] {
                    writer.text(text)
                }
                writer.text(line.item.text)
                writer.text(line.base.currency.code.description)
                writer.money(line.base)
                if let size = line.size { writer.delta(size.delta) } else { writer.null() }
                if let days = line.liquidationDays {
                    writer.double(days.rounded(toScale: 12).double)
                } else {
                    writer.null()
                }
                writer.text(line.driver)
                writer.decimalOrNull(line.multiplier)
                writer.money(line.amount)
                writer.text(addOn.converted.currency.code.description)
                writer.money(addOn.converted)
            }
        }
        return Int64(rows)
    }

    /// Writes the concentration of members and returns the rows written.
    package func save(_ concentrations: [(member: MemberCode, MemberConcentration)], run: Int64) throws -> Int64 {
        let rows = try connection.copyIn(
            """
            copy margin.member_concentration (run_id, member, combined_commodity, currency, net_delta, base,
                member_charge, own_charges, excess) from stdin (format binary)
            """
        ) { writer in
            for (member, concentration) in concentrations {
                try writer.row(9)
                writer.int64(run)
                writer.text(member.text)
                writer.text(concentration.charge.combinedCommodity.text)
                writer.text(concentration.base.currency.code.description)
                writer.delta(concentration.netDelta)
                for amount in [
                    concentration.base, concentration.memberCharge, concentration.ownCharges, concentration.excess,
                ] { writer.money(amount) }
            }
        }
        return Int64(rows)
    }

    /// Writes what accounts would have to cover at lower credit rates and returns the rows written.
    package func save(
        _ underestimations: [(account: AccountCode, CorrelationUnderestimation)], run: Int64
    ) throws -> Int64 {
        let rows = try connection.copyIn(
            """
            copy margin.requirement_at_credit_cut (run_id, account, credit_cut, call_currency, requirement)
                from stdin (format binary)
            """
        ) { writer in
            for (account, underestimation) in underestimations {
                for (cut, requirement) in underestimation.requirements {
                    try writer.row(5)
                    writer.int64(run)
                    writer.text(account.text)
                    writer.text(cut)
                    writer.text(requirement.currency.code.description)
                    writer.money(requirement)
                }
            }
        }
        return Int64(rows)
    }
}

extension AddOnStore {
    /// An account's add-ons, in the order of owner, level, add-on and item.
    package func addOns(of account: AccountCode, run: Int64) throws -> [AddOnResult] {
        try connection.rows(.explainAddOns, [.int64(run), .text(account.text)]).map { row in
            AddOnResult(
                kind: try row.choice("add_on"), level: try row.choice("level"), owner: try row.code("owner"),
                item: try row.code("item"), base: try row.decimal("base"), currency: try row.currency("currency"),
                driver: try row.text("driver"), amount: try row.decimal("amount"),
                callCurrency: try row.currency("call_currency"), converted: try row.decimal("converted_amount"))
        }
    }
}
