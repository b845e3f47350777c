import Quantities
import TextFiles

extension CaseImport {
    mutating func addAccounts() throws {
        var members = CaseMembers(stressed: input["stress"]?.list("members") ?? [])
        var trades = 0
        for row in input.list("accounts") {
            let account = try row.required("id")
            let type = try row.required("type")
            tables.add(
                "account",
                [
                    "account": account, "member": members.code(of: row, in: &tables),
                    "origin": row.optional("origin") ?? (type == "net" ? "house" : "client"), "margining_type": type,
                    "account_class": account,
                    "call_currency": try input.required("call_currency"),
                ])
            tables.add(
                "account_class",
                [
                    "parameter_set": Self.parameterSet, "account_class": account,
                    "initial_ratio": row.optional("initial_ratio"),
                    "net_option_value_is_capped": "\(row.flag("nov_capped"))", "offset_cap": row.optional("offset_cap"),
                    "credit_multiplier": row.optional("credit_multiplier"),
                    "correlation_underestimation_kappa": row["underestimation"]?.optional("kappa"),
                ])
            for owner in row.list("owners") {
                let code = try owner.required("id")
                tables.add("beneficial_owner", ["account": account, "owner": code])
                try addPositions(owner.list("positions"), account: account, owner: code, on: businessDate)
            }
            if let book = row["book"] {
                try add(book: book, of: account, trades: &trades, addingClosing: row["positions"] == nil)
            }
            try addPositions(row.list("positions"), account: account, owner: "", on: businessDate)
            try addCollateral(of: row, account)
        }
        members.addWithoutAccounts(to: &tables)
        try addLiquidity()
    }

    /// Positions of one owner; a contract listed twice is held once.
    private mutating func addPositions(
        _ positions: [JSONValue], account: String, owner: String, on date: BusinessDate
    ) throws {
        var order: [String] = []
        var held: [String: (long: Int64, short: Int64)] = [:]
        for position in positions {
            let contract = try position.required("contract")
            let quantity = try position.units("quantity")
            if held[contract] == nil { order.append(contract) }
            let before = held[contract] ?? (0, 0)
            held[contract] = (
                before.long + max(quantity, 0) + (try position.units("long")),
                before.short + max(-quantity, 0) + (try position.units("short"))
            )
        }
        for contract in order {
            guard let position = held[contract] else { continue }
            tables.add(
                "position",
                [
                    "business_date": "\(date)", "account": account, "owner": owner, "series": contract,
                    "long_quantity": "\(position.long)", "short_quantity": "\(position.short)",
                ])
        }
    }

    /// Yesterday's positions, today's trades, and what is held after them: series that expire today have left.
    private mutating func add(
        book: JSONValue, of account: String, trades count: inout Int, addingClosing: Bool
    ) throws {
        let previous = book.list("previous_positions")
        let trades = book.list("trades")
        try addPositions(previous, account: account, owner: "", on: previousDate)
        for trade in trades {
            count += 1
            let digits = "\(count)"
            let zeros = String(repeating: "0", count: max(0, 8 - digits.count))
            tables.add(
                "trade",
                [
                    "business_date": "\(businessDate)", "trade": "T" + zeros + digits,
                    "account": account, "series": try trade.required("contract"),
                    "quantity": try trade.required("quantity"), "price": try trade.required("price"),
                ])
        }
        let expiring = Set(
            input.list("contracts").filter {
                $0.optional("expiry") == "\(businessDate)" || $0["final_settlement"] != nil
            }.compactMap { $0.optional("key") })
        if addingClosing {
            try addPositions(
                (previous + trades).filter { !expiring.contains($0.optional("contract") ?? "") }.map { row in
                    .object(row.members.filter { $0.key != "price" })
                }, account: account, owner: "", on: businessDate)
        }
    }

    private mutating func addCollateral(of row: JSONValue, _ account: String) throws {
        for item in row.list("collateral") {
            let id = try item.required("id")
            assets += 1
            // Codes end at 64 characters.
            let asset = account.utf8.count + id.utf8.count < 64 ? "\(account):\(id)" : "ASSET:\(assets)"
            tables.add(
                "collateral_asset",
                [
                    "asset": asset, "currency": try item.required("currency"), "issuer": try item.required("issuer"),
                    "issuer_group": item.optional("issuer_group"), "asset_class": try item.required("class"),
                ])
            tables.add(
                "collateral_haircut",
                [
                    "parameter_set": Self.parameterSet, "asset": asset, "haircut": item.optional("haircut") ?? "0",
                    "is_eligible": "\(item.flag("eligible", default: true))",
                ])
            let date = "\(businessDate)"
            tables.add(
                "collateral_price", ["business_date": date, "asset": asset, "price": try item.required("price")])
            tables.add(
                "collateral_holding",
                [
                    "business_date": date, "account": account, "item": id, "asset": asset,
                    "quantity": try item.required("quantity"),
                ])
        }
        let rules = row["collateral_rules"]
        func add(limit kind: String, _ assetClass: String, _ share: String?) {
            tables.add(
                "collateral_limit",
                [
                    "parameter_set": Self.parameterSet, "account_class": account, "limit_kind": kind,
                    "asset_class": assetClass, "share": share,
                ])
        }
        if let share = rules?.optional("issuer_limit") { add(limit: "issuer", "", share) }
        for (assetClass, share) in (rules?["class_limits"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            add(limit: "class", assetClass, share.text)
        }
        guard let rule = row["call_rule"] else { return }
        tables.add(
            "call_rule",
            [
                "parameter_set": Self.parameterSet, "account_class": account,
                "threshold": try rule.required("threshold"),
                "minimum_transfer_amount": try rule.required("minimum_transfer_amount"),
                "lot": try rule.required("lot"),
            ])
    }
}

/// Members of a case. Accounts of one member may name different groups in a case; then they get members of their own.
private struct CaseMembers {
    private var groups: [String: String] = [:]
    /// The groups that a stress states, by member in the order stated.
    private let stressed: [(member: String, group: String)]

    init(stressed: [JSONValue]) {
        self.stressed = stressed.compactMap { row in
            row.optional("member").flatMap { member in row.optional("group").map { (member, $0) } }
        }
    }

    /// Members that a stress names and no account is of.
    func addWithoutAccounts(to tables: inout CaseTables) {
        for (member, group) in stressed where groups[member] == nil {
            tables.add("clearing_member", ["member": member, "name": member, "member_group": group])
        }
    }

    mutating func code(of account: JSONValue, in tables: inout CaseTables) -> String {
        let member = account.optional("member") ?? "MEMBER"
        let group =
            account.optional("member_group") ?? stressed.first { $0.member == member }?.group
            ?? "no-group-of:\(member)"
        var code = member
        var number = 1
        while let taken = groups[code], taken != group {
            number += 1
            code = "\(member)-\(number)"
        }
        if groups[code] == nil {
            groups[code] = group
            tables.add("clearing_member", ["member": code, "name": member, "member_group": group])
        }
        return code
    }
}
