import ClearingModel
import InputRows
import Quantities

/// A product family of an exchange.
struct SpanFamilyKey: Hashable {
    let exchange: String
    let type: String
    let code: String
}

/// What a combined commodity says of a product family it links to.
struct SpanFamilyLink {
    let commodity: String
    let currency: String
    /// The delta scaling factor.
    let scale: String
}

extension SpanImport {
    /// Which families belong to which combined commodity.
    mutating func readLinks(_ organisation: SpanElement) throws {
        for definition in organisation.all("ccDef") {
            let commodity = try definition.code("cc")
            let currency = try definition.code("currency")
            for link in definition.all("pfLink") {
                let key = SpanFamilyKey(
                    exchange: try link.code("exch"), type: try link.choice("pfType", of: ["FUT", "OOF", "OOP"]),
                    code: try link.code("pfCode"))
                let family = SpanFamilyLink(
                    commodity: commodity, currency: currency, scale: try link.decimalOrNone("sc") ?? "1")
                guard commodities.updateValue(family, forKey: key) == nil else {
                    throw link.refusal("product family \(key.code) is linked twice")
                }
            }
        }
    }

    mutating func readContracts(_ exchange: SpanElement) throws {
        let code = try exchange.code("exch")
        for family in exchange.children where ["futPf", "oofPf", "oopPf"].contains(family.name) {
            let type = family.name.prefix(3).uppercased()
            let key = SpanFamilyKey(exchange: code, type: type, code: try family.code("pfCode"))
            guard let link = commodities[key] else {
                throw try family.one("pfCode").refusal("no ccDef links to the \(type) family \(key.code)")
            }
            if let currency = try family.oneOrNone("currency"), currency.text != link.currency {
                throw currency.refusal(
                    "currency \(currency.text) differs from that of combined commodity \(link.commodity)")
            }
            let contract = try addContract(family, key, link)
            for future in family.all("fut") { try readFuture(future, contract, link) }
            for series in family.all("series") { try readOptions(series, contract, link) }
        }
    }

    /// Families of futures and of options may share a code; the second contract takes the family's type into its own.
    private mutating func addContract(
        _ family: SpanElement, _ key: SpanFamilyKey, _ link: SpanFamilyLink
    ) throws -> String {
        let isKnown = rows[.contract]?.contains { $0.cells["contract"] == key.code } ?? false
        let code = isKnown ? "\(key.code)-\(key.type)" : key.code
        guard !(rows[.contract]?.contains { $0.cells["contract"] == code } ?? false), isPlainCode(code) else {
            throw family.refusal("a second \(key.type) family \(key.code)")
        }
        let isFuture = family.name == "futPf"
        let method = try family.choice("valueMeth", of: isFuture ? ["FUT"] : ["EQTY", "FUT"])
        var cells: [String: String?] = [
            "contract": code, "combined_commodity": link.commodity, "kind": isFuture ? "future" : "option",
            "contract_value_factor": try family.decimal("cvf"), "delta_scaling_factor": link.scale, "tick_size": "0",
        ]
        if isFuture {
            cells["future_valuation"] = "linear"
        } else {
            let isAmerican = try family.choice("exercise", of: ["AMER", "EURO"]) == "AMER"
            cells["option_model"] = family.name == "oofPf" ? "black76" : "black_scholes"
            cells["exercise"] = isAmerican ? "american" : "european"
            cells["option_style"] = method == "EQTY" ? "premium" : "futures"
            cells["volatility_source"] = "implied"
            cells["discount_rate_code"] = "UNSTATED"
        }
        add(.contract, family, cells)
        return code
    }

    private mutating func readFuture(_ future: SpanElement, _ contract: String, _ link: SpanFamilyLink) throws {
        let date = try future.oneOrNone("setlDate") == nil ? nil : future.date("setlDate")
        let month = try future.month("pe")
        listedMonths[link.commodity, default: []].insert(month)
        add(
            .series, future,
            [
                "series": try future.code("cId"), "contract": contract, "contract_month": month.description,
                "expiry_date": date?.description,
            ])
        try addArray(of: future, in: link.commodity, scanRate: try future.one("scanRate"))
    }

    private mutating func readOptions(_ series: SpanElement, _ contract: String, _ link: SpanFamilyLink) throws {
        let month = try series.month("pe")
        let date = try series.date("setlDate")
        let scanRate = try series.one("scanRate")
        listedMonths[link.commodity, default: []].insert(month)
        for option in series.all("opt") {
            let code = try option.code("cId")
            add(
                .series, option,
                [
                    "series": code, "contract": contract, "contract_month": month.description,
                    "expiry_date": date.description,
                    "option_right": try option.choice("o", of: ["C", "P"]) == "C" ? "call" : "put",
                    "strike": try option.decimal("k"), "underlying": "UNSTATED",
                ])
            if let price = try option.decimalOrNone("p") {
                add(.settlementPrice, option, ["series": code, "price": price])
            }
            try addArray(of: option, in: link.commodity, scanRate: scanRate)
        }
    }

    /// The array of a series, with as many decimals as its values are written with.
    private mutating func addArray(
        of series: SpanElement, in commodity: String, scanRate: SpanElement
    ) throws {
        let array = try series.one("ra")
        let values = array.all("a")
        var decimals = 0
        for value in values {
            guard let exact = ExactDecimal(value.text), ArrayUnit.decimalsRead.contains(exact.scale) else {
                throw value.refusal("unreadable a “\(value.text)”")
            }
            decimals = max(decimals, exact.scale)
        }
        let set = "R\(try array.number("r"))"
        if let other = scenarioSets.updateValue(set, forKey: commodity), other != set {
            throw try array.one("r").refusal("r differs from that of combined commodity \(commodity)'s other arrays")
        }
        let scenarios = rows[.scenario]?.count { $0.cells["scenario_set"] == set } ?? 0
        guard scenarios == 0 || values.count == scenarios else {
            throw array.refusal(
                "the array of series \(try series.code("cId")) has \(values.count) values, scenario set \(set) "
                    + "\(scenarios) scenarios")
        }
        let row = TableRow(
            location: array.location,
            cells: [
                "series": try series.code("cId"), "array_decimals": String(decimals),
                "composite_delta": try array.decimal("d"), "price_scan_range": try scanRate.text("priceScan"),
            ])
        arrays.append(try PublishedRiskArray(row, values: values.map(\.text)))
        arrayCommodities.append(commodity)
    }

    /// Gives every array of a combined commodity as many decimals as the finest of them has; returns them by combined
    /// commodity.
    mutating func evenOutArrays() throws -> [String: Int] {
        var decimals: [String: Int] = [:]
        for (array, commodity) in zip(arrays, arrayCommodities) {
            decimals[commodity] = max(decimals[commodity] ?? 0, array.arrayDecimals)
        }
        arrays = try zip(arrays, arrayCommodities).map { array, commodity in
            let target = decimals[commodity] ?? array.arrayDecimals
            let values = try array.values.map { value in
                let exact = ExactDecimal(mantissa: Int128(value), scale: array.arrayDecimals)
                guard let units = exact.units(decimals: target) else {
                    throw ReplicationError.rejected("\(path): an array value of \(array.series) leaves 64 bits")
                }
                return units
            }
            return PublishedRiskArray(
                series: array.series, arrayDecimals: target, values: values, compositeDelta: array.compositeDelta,
                priceScanRange: array.priceScanRange)
        }
        return decimals
    }
}
