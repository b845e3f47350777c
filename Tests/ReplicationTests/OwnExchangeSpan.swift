import Foundation

/// A SPAN file of our own invention with the kinds of element that an exchange's has: months with a code, a tier of all
/// months, money a contract, six decimals, spots, rates, blank elements, currencies of one letter, an encoding that is
/// not the declared one, a combined commodity without contracts.
///
/// The book: long 3 futures 101 of June S1, short 5 calls 201 of June S0, short 2 futures 301. By hand:
///
/// ALFA. 3·(0, 0, −29.999970, 90) − 5·(0.239129, −0.200001, −12.345678, 40.123457) = (−1.195645, 1.000005, −28.27152,
/// 69.382715): scan 69.38 in scenario 4. Time (−1.195645 + 1.000005)/2 = −0.09782, price risk 69.480535. Delta S1 3, S0
/// −5·0.512345 → −2.5617, net 0.4383; weighted price risk 69.480535/0.4383 → 158.52. Calendar over all months: 2.5617
/// spreads at 90 → 230.55; the two Junes do not net. Left 0.4383. Short option minimum 5·15 = 75.
///
/// BETA. −2·(0, 0, −148.333185, 445): scan 296.67 in scenario 3, delta −2, weighted price risk 148.33.
///
/// Between them: 0.13 ALFA against 1 BETA, 2 spreads at 0.6: ALFA 0.26·0.6·158.52 = 24.73, BETA 2·0.6·148.33 = 178.00.
///
/// Risk 69.38 + 230.55 − 24.73 = 275.20 and 296.67 − 178.00 = 118.67; maintenance at 0.75 takes nothing off. Net option
/// value −5·1.63·100 = −815. Requirement 1208.87.
enum OwnExchangeSpan {
    static let positions = """
        account,series,long_quantity,short_quantity
        DESK,101,3,0
        DESK,201,0,5
        DESK,301,0,2

        """
    static let accounts = """
        member,account,origin,margining_type,account_class,call_currency
        SELF,DESK,house,net,H,TRY

        """

    /// Lines end with CR LF, and the bytes are UTF-8.
    static let text = """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <spanFile><fileFormat>4.00</fileFormat><created>202506021830</created>
        <definitions>
        <currencyDef><currency>B</currency><symbol> </symbol><name>B</name><decimalPos>-3</decimalPos></currencyDef>
        <currencyDef><currency>TRY</currency><symbol>T</symbol><name>TÜRK LİRASI</name>
        <decimalPos>2</decimalPos></currencyDef>
        <acctTypeDef><isCust>1</isCust><acctType>H</acctType><name>Hedge</name><isNetMargin>1</isNetMargin>
        </acctTypeDef>
        <acctSubTypeDef><acctSubTypeCode>X</acctSubTypeCode><dataType>int</dataType>
        <description>an index</description></acctSubTypeDef>
        <groupTypeDef><id>1</id><name>REPORT</name></groupTypeDef>
        </definitions>
        <pointInTime><date>20250602</date><isSetl>1</isSetl><setlQualifier>final</setlQualifier>
        <clearingOrg><ec>OWN</ec><name>Own</name><isContractScale>0</isContractScale><isNetMargin>0</isNetMargin>
        <finalizeMeth>BY</finalizeMeth><oopDeltaMeth>PERIOD</oopDeltaMeth><capAnov>0</capAnov>
        <pbRateDef><r>2</r><isCust>1</isCust><acctType>H</acctType><isM>1</isM><pbc>CORE</pbc></pbRateDef>
        <pbRateDef><r>1</r><isCust>1</isCust><acctType>H</acctType><isM>0</isM><pbc>CORE</pbc></pbRateDef>
        <pointDef><r>1</r>
        \(scan(1, "0.000000", "0.000000", "1.000000", pair: 2))
        \(scan(2, "0.000000", "0.000000", "-1.000000", pair: 1))
        \(scan(3, "0.333333", "1.000000", "0.000000", pair: 3))
        \(scan(4, "-1.000000", "-3.000000", "0.000000", pair: 4))
        \(delta(1, "-0.666667", "-2.000000", "0.250000"))
        \(delta(2, "0.000000", "0.000000", "0.500000"))
        \(delta(3, "0.666667", "2.000000", "0.250000"))
        </pointDef>
        <exchange><exch>XO</exch><name>Own exchange</name>
        <phyPf><pfId>1</pfId><pfCode>ALFA</pfCode><name>ALFA</name><currency>TRY</currency><cvf>0.0000000</cvf>
        <priceDl>2</priceDl><priceFmt> </priceFmt><valueMeth>EQTY</valueMeth><priceMeth>STD</priceMeth>
        <setlMeth>DELIV</setlMeth>
        <phy><cId>1</cId><pe>00000S</pe><p>7.614</p><d>1.000000</d><v>0.000000</v><cvf>100.0000000</cvf>
        <val>761.00</val>
        <sc>1.000000</sc><scanRate><r>1</r><priceScan>0.000000</priceScan><volScan>0</volScan></scanRate>
        <ra><r>1</r><a>-0.000000</a><a>0.000000</a><a>-0.000000</a><a>0.000000</a><d>1.000000</d></ra></phy></phyPf>
        <phyPf><pfId>2</pfId><pfCode>NONE</pfCode><currency>TRY</currency><cvf>0.0000000</cvf>
        <valueMeth>EQTY</valueMeth></phyPf>
        <futPf><pfId>3</pfId><pfCode>ALFA</pfCode><currency>TRY</currency><cvf>0.0000000</cvf><valueMeth>FUT</valueMeth>
        <undPf><exch>XO</exch><pfId>1</pfId><pfCode>ALFA</pfCode><pfType>PHY</pfType><s>B</s><i>1.000000</i></undPf>
        <fut><cId>101</cId><pe>202506S1</pe><p>7.60</p><d>1.000000</d><v>0.000000</v><cvf>100.0000000</cvf>
        <val>760.00</val>
        <sc>1.000000</sc><setlDate>20250630</setlDate><t>0.076712</t>
        <undC><exch>XO</exch><pfId>1</pfId><cId>1</cId><s>B</s><i>1.000000</i></undC>
        <scanRate><r>1</r><priceScan>90.000000</priceScan><volScan>0</volScan></scanRate>
        <ra><r>1</r><a>-0.000000</a><a>0.000000</a><a>-29.999970</a><a>90.000000</a><d>1.000000</d></ra></fut></futPf>
        <futPf><pfId>4</pfId><pfCode>BETA</pfCode><currency>TRY</currency><cvf>0.0000000</cvf><valueMeth>FUT</valueMeth>
        <fut><cId>301</cId><pe>202506S0</pe><p>11.50</p><d>1.000000</d><v>0.000000</v><cvf>2520.5479500</cvf>
        <val>28986.30</val><sc>1.000000</sc><setlDate>20250630</setlDate><t>0.076712</t>
        <scanRate><r>1</r><priceScan>445.000000</priceScan><volScan>0</volScan></scanRate>
        <ra><r>1</r><a>0.000000</a><a>0.000000</a><a>-148.333185</a><a>445.000000</a><d>1.000000</d></ra></fut></futPf>
        <oopPf><pfId>5</pfId><pfCode>ALFA</pfCode><name>ALFA OPTION</name><exercise>EURO</exercise>
        <currency>TRY</currency>
        <cvf>0.0000000</cvf><strikeDl>2</strikeDl><strikeFmt> </strikeFmt><cab>0.010000</cab><valueMeth>EQTY</valueMeth>
        <priceModel>M</priceModel>
        <series><pe>202506S0</pe><v>0.000000</v><volSrc> </volSrc><setlDate>20250630</setlDate><t>0.076712</t>
        <cvf>100.0000000</cvf><svf>100.0000000</svf><sc>1.000000</sc>
        <undC><exch>XO</exch><pfId>1</pfId><cId>1</cId><s>B</s><i>1.000000</i></undC>
        <intrRate><val>0.100000</val><rl>0</rl><cpm>0</cpm><exm>12</exm></intrRate><divRate><val>0.020000</val>
        </divRate>
        <scanRate><r>1</r><priceScan>90.000000</priceScan><volScanPct>0.230000</volScanPct></scanRate>
        <opt><cId>201</cId><o>C</o><k>6.00</k><p>1.63</p><pq>0</pq><d>0.000000</d><v>0.200000</v><val>163.00</val>
        <ra><r>1</r><a>0.239129</a><a>-0.200001</a><a>-12.345678</a><a>40.123457</a><d>0.512345</d></ra></opt>
        </series></oopPf>
        </exchange>
        \(commodity("ALFA", calendar: "90.000000", shortOption: "15.000000", ["1 PHY", "3 FUT", "5 OOP"]))
        \(commodity("BETA", calendar: "445.000000", shortOption: "0.000000", ["4 FUT"]))
        \(commodity("NONE", calendar: "0.000000", shortOption: "0.000000", ["2 PHY"]))
        <interSpreads><dSpread><spread>1</spread><chargeMeth>W</chargeMeth><rate><r>1</r><val>0.600000</val></rate>
        <tLeg><cc>BETA</cc><tn>0</tn><rs>B</rs><i>1.000000</i></tLeg>
        <tLeg><cc>ALFA</cc><tn>0</tn><rs>A</rs><i>0.130000</i></tLeg></dSpread></interSpreads>
        </clearingOrg></pointInTime></spanFile>

        """

    private static func scan(
        _ point: Int, _ mult: String, _ numerator: String, _ volatility: String, pair: Int
    ) -> String {
        """
        <scanPointDef><point>\(point)</point>\(moves(mult, numerator, volatility))
        <weight>1.000000</weight><pairedPoint>\(pair)</pairedPoint></scanPointDef>
        """
    }

    private static func delta(_ point: Int, _ mult: String, _ numerator: String, _ weight: String) -> String {
        """
        <deltaPointDef><point>\(point)</point>\(moves(mult, numerator, "0.000000"))
        <weight>\(weight)</weight></deltaPointDef>
        """
    }

    private static func moves(_ mult: String, _ numerator: String, _ volatility: String) -> String {
        """
        <priceScanDef><mult>\(mult)</mult><numerator>\(numerator)</numerator><denominator>3.000000</denominator>
        </priceScanDef><volScanDef><mult>\(volatility)</mult><numerator>\(volatility)</numerator>
        <denominator>1.000000</denominator></volScanDef>
        """
    }

    private static func commodity(
        _ code: String, calendar: String, shortOption: String, _ families: [String]
    ) -> String {
        let links = families.map { family in
            let parts = family.split(separator: " ")
            return """
                <pfLink><exch>XO</exch><pfId>\(parts[0])</pfId><pfCode>\(code)</pfCode><pfType>\(parts[1])</pfType>
                <sc>1.000000</sc><cmbMeth>NONE</cmbMeth><applyBasisRisk>0</applyBasisRisk>
                <arrayPrecision>6</arrayPrecision></pfLink>
                """
        }
        return """
            <ccDef><cc>\(code)</cc><name>\(code)</name><currency>TRY</currency><riskExponent>0</riskExponent>
            <capAnov>0</capAnov><procMeth>NORMAL</procMeth><wfprMeth>NORMAL</wfprMeth><spotMeth>NORMAL</spotMeth>
            <somMeth>GROSS</somMeth><cmbMeth>NONE</cmbMeth>
            \(links.joined(separator: "\n"))
            <adjRate><r>1</r><baseR>1</baseR><val>0.750000</val></adjRate>
            <intraTiers><tier><tn>0</tn></tier></intraTiers><interTiers><tier><tn>0</tn></tier></interTiers>
            <somTiers><tier><tn>0</tn><rate><r>1</r><val>\(shortOption)</val></rate></tier></somTiers>
            <dSpread><spread>1</spread><chargeMeth>F</chargeMeth><rate><r>1</r><val>\(calendar)</val></rate>
            <tLeg><cc>\(code)</cc><tn>0</tn><rs>B</rs><i>1.000000</i></tLeg>
            <tLeg><cc>\(code)</cc><tn>0</tn><rs>A</rs><i>1.000000</i></tLeg></dSpread></ccDef>
            """
    }

    /// Writes file, positions and accounts into a folder; a text in the file replaced. Returns the line of that text.
    @discardableResult
    static func write(to folder: String, replacing old: String = "", with new: String = "") throws -> Int {
        var text = Self.text
        var line = 0
        if !old.isEmpty {
            guard let range = text.range(of: old) else { throw CocoaError(.fileReadCorruptFile) }
            line = text[..<range.lowerBound].count { $0 == "\n" } + 1
            text.replaceSubrange(range, with: new)
        }
        let lines = text.replacing("\n", with: "\r\n")
        for (name, content) in [("own.spn", lines), ("positions.csv", positions), ("accounts.csv", accounts)] {
            try content.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        return line
    }
}
