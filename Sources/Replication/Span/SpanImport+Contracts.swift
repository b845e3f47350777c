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

/// A product family while its contracts are read.
struct SpanFamily {
    let element: SpanElement
    let type: String
    let link: SpanFamilyLink
    let code: String
    /// Contracts by the terms they have.
    var contracts: [SpanVariation: String] = [:]
}

extension SpanImport {
    /// Which families belong to which combined commodity.
    mutating func readLinks(_ organisation: SpanElement) throws {
        for definition in organisation.all("ccDef") {
            let commodity = try definition.code("cc")
            let currency = try definition.code("currency")
            for link in definition.all("pfLink") {
                try link.requireKnownValues()
                let key = SpanFamilyKey(
                    exchange: try link.code("exch"),
                    type: try link.choice("pfType", of: ["PHY", "FUT", "OOF", "OOP"]),
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
        for element in exchange.children where ["futPf", "oofPf", "oopPf"].contains(element.name) {
            let type = element.name.prefix(3).uppercased()
            let key = SpanFamilyKey(exchange: code, type: type, code: try element.code("pfCode"))
            guard let link = commodities[key] else {
                throw try element.one("pfCode").refusal("no ccDef links to the \(type) family \(key.code)")
            }
            if let currency = try element.oneOrNone("currency"), currency.text != link.currency {
                throw currency.refusal(
                    "currency \(currency.text) differs from that of combined commodity \(link.commodity)")
            }
            var family = try newFamily(element, key, link)
            for future in element.all("fut") { try readFuture(future, &family) }
            for series in element.all("series") { try readOptions(series, &family) }
        }
    }

    /// Families of futures and of options may share a code; the second contract takes the family's type into its own.
    private func newFamily(
        _ element: SpanElement, _ key: SpanFamilyKey, _ link: SpanFamilyLink
    ) throws -> SpanFamily {
        func isKnown(_ code: String) -> Bool { rows[.contract]?.contains { $0.cells["contract"] == code } ?? false }
        let code = isKnown(key.code) ? "\(key.code)-\(key.type)" : key.code
        guard !isKnown(code), isPlainCode(code) else {
            throw element.refusal("a second \(key.type) family \(key.code)")
        }
        _ = try element.choice("valueMeth", of: key.type == "FUT" ? ["FUT"] : ["EQTY", "FUT"])
        return SpanFamily(element: element, type: key.type, link: link, code: code)
    }

    /// What a unit of price is worth: the contract's own factor, or the family's; 0 or nothing is none.
    private func factor(of contract: SpanElement, _ family: SpanFamily) throws -> ExactDecimal {
        for element in [contract, family.element] {
            guard let value = try element.decimalOrNone("cvf").flatMap({ ExactDecimal($0) }), value != .zero else {
                continue
            }
            guard value > .zero else { throw try element.one("cvf").refusal("cvf is below 0") }
            return value.withoutTrailingZeros
        }
        throw family.element.refusal("\(family.element.name) has no cvf, and neither has its \(contract.name)")
    }

    /// The contract of a family that has these terms; a family whose terms differ becomes several.
    private mutating func contract(
        _ variation: SpanVariation, _ element: SpanElement, _ family: inout SpanFamily
    ) throws -> String {
        if let known = family.contracts[variation] { return known }
        let code = family.contracts.isEmpty ? family.code : "\(family.code)-\(family.contracts.count + 1)"
        family.contracts[variation] = code
        var cells: [String: String?] = [
            "contract": code, "combined_commodity": family.link.commodity,
            "contract_value_factor": variation.factor.description, "delta_scaling_factor": family.link.scale,
            "tick_size": "0",
        ]
        if family.type == "FUT" {
            cells["kind"] = "future"
            cells["future_valuation"] = "linear"
        } else {
            let rates = rateCodes(variation, isOnSpot: family.type == "OOP", element)
            let isAmerican = try family.element.choice("exercise", of: ["AMER", "EURO"]) == "AMER"
            cells["kind"] = "option"
            cells["option_model"] = family.type == "OOF" ? "black76" : "black_scholes"
            cells["exercise"] = isAmerican ? "american" : "european"
            cells["option_style"] = try family.element.text("valueMeth") == "EQTY" ? "premium" : "futures"
            cells["volatility_source"] = variation.isVolatilityAssigned ? "assigned" : "implied"
            cells["discount_rate_code"] = rates.discount
            cells["carry_rate_code"] = rates.carry
            if variation.interest == nil { notWhole = notWhole ?? "\(element.location): series has no intrRate" }
        }
        add(.contract, family.element, cells)
        return code
    }

    private mutating func readFuture(_ future: SpanElement, _ family: inout SpanFamily) throws {
        try future.requireUnitScale()
        let factor = try factor(of: future, family)
        let contract = try contract(SpanVariation(factor: factor), future, &family)
        let date = try future.oneOrNone("setlDate") == nil ? nil : future.date("setlDate")
        let month = try future.month("pe")
        listedMonths[family.link.commodity, default: []].insert(month)
        let code = try newSeries(future)
        add(
            .series, future,
            [
                "series": code, "contract": contract, "contract_month": month.description,
                "expiry_date": date?.description,
            ])
        if let price = try future.decimalOrNone("p") {
            addPrice(price, of: code, future, family)
        } else {
            notWhole = notWhole ?? "\(future.location): fut has no p"
        }
        try addArray(of: future, code, in: family.link.commodity, scanned: future, month, factor)
    }

    private mutating func readOptions(_ series: SpanElement, _ family: inout SpanFamily) throws {
        try series.requireUnitScale()
        let factor = try factor(of: series, family)
        if let other = try series.decimalOrNone("svf").flatMap({ ExactDecimal($0) }), other != factor {
            throw try series.one("svf").refusal("svf \(other) beside cvf \(factor) is not supported")
        }
        let variation = try variation(of: series, factor: factor)
        let contract = try contract(variation, series, &family)
        let month = try series.month("pe")
        let date = try series.date("setlDate")
        let underlying = try underlying(of: series)
        if underlying == nil { notWhole = notWhole ?? "\(series.location): series has no undC" }
        listedMonths[family.link.commodity, default: []].insert(month)
        for option in series.all("opt") {
            let code = try newSeries(option)
            add(
                .series, option,
                [
                    "series": code, "contract": contract, "contract_month": month.description,
                    "expiry_date": date.description,
                    "option_right": try option.choice("o", of: ["C", "P"]) == "C" ? "call" : "put",
                    "strike": try option.decimal("k"), "underlying": underlying ?? "UNSTATED",
                ])
            if let price = try option.decimalOrNone("p") {
                addPrice(price, of: code, option, family)
            } else {
                notWhole = notWhole ?? "\(option.location): opt has no p"
            }
            if variation.isVolatilityAssigned, let volatility = try option.volatility() {
                addMarket("volatility", option, ["instrument": code, "volatility": volatility.description])
            }
            try addArray(of: option, code, in: family.link.commodity, scanned: series, month, factor)
        }
    }

    private mutating func newSeries(_ contract: SpanElement) throws -> String {
        let code = try contract.seriesCode()
        guard codes.insert(code).inserted else { throw contract.refusal("a second series \(code)") }
        return code
    }

    private mutating func addPrice(_ price: String, of series: String, _ element: SpanElement, _ family: SpanFamily) {
        if ExactDecimal(price).map({ $0 <= .zero }) == true { belowZero.insert(family.link.commodity) }
        add(
            .settlementPrice, element,
            [
                "business_date": run.businessDate.description, "series": series, "price": price,
                "currency": family.link.currency,
            ])
    }
}
