import Foundation
import TestSupport

/// A SPAN file that our exporter did not write: two products, a calendar spread, an inter-commodity spread, a delivery
/// month, futures and an option.
///
/// The book: long 5 A-H5, short 2 A-M5, short 4 of the call A-C50, short 3 B-H5. By hand (docs/methodology.md §5, §6):
///
/// AAA. Loss by scenario: 5·(0, 0, −100, 100) − 2·(0, 0, −90, 90) − 4·(−8, 8, −60, 45) = (32, −32, −80, 140).
/// Scan 140 in scenario 4, which is its own pair: time (32 − 32)/2 = 0, volatility 0, price risk 140.
/// Delta: March 5 − 4·0.5 = 3, June −2, net 1; weighted price risk 140/1 = 140.
/// Calendar: min(3, 2) = 2 spreads at 12 = 24; left: March 1, June 0.
/// Short option minimum: 4·20 = 80.
///
/// BBB. Loss −3·(0, 0, −80, 80) = (0, 0, 240, −240): scan and price risk 240 in scenario 3. Delta −3·1·2 = −6; weighted
/// price risk 240/6 = 40. Delivery: 6 left outright at 3 = 18.
///
/// Inter-commodity: min(1, 6) = 1 spread at half: AAA 140·0.5 = 70, BBB 40·0.5 = 20.
///
/// Risk: AAA max(140 + 24 − 70, 80) = 94; BBB 240 + 18 − 20 = 238. Initial risk at 1.1: 103.40 + 261.80 = 365.20.
/// Net option value −4·2.5·10 = −100. Requirement 465.20 USD, at 0.9 418.68 EUR.
enum HandWrittenSpan {
    static let positions = """
        account,series,long_quantity,short_quantity
        DESK,A-H5,5,0
        DESK,A-M5,0,2
        DESK,A-C50,0,4
        DESK,B-H5,0,3

        """
    static let accounts = """
        member,account,origin,margining_type,account_class,call_currency
        SELF,DESK,house,net,SPEC,EUR

        """
    static let text = """
        <?xml version="1.0"?>
        <!-- written by hand -->
        <spanFile>
          <fileFormat>4.00</fileFormat><created>202501031856</created>
          <definitions>
            <currencyDef><currency>USD</currency><symbol>$</symbol><name>dollar</name>
              <decimalPos>2</decimalPos></currencyDef>
            <currencyDef><currency>EUR</currency><decimalPos>2</decimalPos></currencyDef>
            <acctTypeDef><isCust>1</isCust><acctType>SPEC</acctType><name>Speculator</name></acctTypeDef>
          </definitions>
          <pointInTime>
            <date>20250103</date><isSetl>1</isSetl><setlQualifier>final</setlQualifier>
            <clearingOrg>
              <ec>HAND</ec><name>A clearing house</name>
              <curConv><fromCur>USD</fromCur><toCur>EUR</toCur><factor>0.900000</factor></curConv>
              <pbRateDef><r>1</r><isCust>1</isCust><acctType>SPEC</acctType><isM>0</isM><pbc>CORE</pbc></pbRateDef>
              <pointDef>
                <r>1</r>
                <scanPointDef><point>1</point><priceScanDef><mult>0</mult><numerator>0</numerator>
                  <denominator>1</denominator></priceScanDef><volScanDef><mult>1</mult><numerator>1</numerator>
                  <denominator>1</denominator></volScanDef>
                  <weight>1</weight><pairedPoint>2</pairedPoint></scanPointDef>
                <scanPointDef><point>2</point><priceScanDef><mult>0</mult><numerator>0</numerator>
                  <denominator>1</denominator></priceScanDef><volScanDef><mult>-1</mult><numerator>-1</numerator>
                  <denominator>1</denominator></volScanDef>
                  <weight>1</weight><pairedPoint>1</pairedPoint></scanPointDef>
                <scanPointDef><point>3</point><priceScanDef><numerator>1</numerator></priceScanDef><volScanDef>
                  <numerator>0</numerator></volScanDef>
                  <weight>1.0</weight><pairedPoint>3</pairedPoint></scanPointDef>
                <scanPointDef><point>4</point><priceScanDef><numerator>-1</numerator></priceScanDef><volScanDef>
                  <numerator>0</numerator></volScanDef>
                  <weight>1.0</weight><pairedPoint>4</pairedPoint></scanPointDef>
              </pointDef>
              <ccDef>
                <cc>AAA</cc><name>Product &lt;A&gt; &amp; sons</name><currency>USD</currency>
                  <riskExponent>0</riskExponent><capAnov>0</capAnov>
                <procMeth>NORMAL</procMeth><wfprMeth>NORMAL</wfprMeth><spotMeth>NORMAL</spotMeth>
                  <somMeth>GROSS</somMeth>
                <pfLink><exch>XA</exch><pfId>1</pfId><pfCode>A</pfCode><pfType>FUT</pfType><sc>1.0000</sc></pfLink>
                <pfLink><exch>XA</exch><pfId>2</pfId><pfCode>A</pfCode><pfType>OOF</pfType><sc>1</sc></pfLink>
                <adjRate><r>1</r><val>1.1</val></adjRate>
                <intraTiers><tier><tn>1</tn><sPe>202503</sPe><ePe>202503</ePe></tier>
                  <tier><tn>2</tn><sPe>20250600</sPe><ePe>202509</ePe></tier></intraTiers>
                <rateTiers><tier><tn>0</tn>
                  <scanRate><r>1</r><priceScan>10</priceScan><volScanPct>0.25</volScanPct></scanRate></tier></rateTiers>
                <somTiers><tier><tn>0</tn><rate><r>1</r><val>20.00</val></rate></tier></somTiers>
                <dSpread>
                  <spread>1</spread><chargeMeth>F</chargeMeth><rate><r>1</r><val>12</val></rate>
                  <tLeg><cc>AAA</cc><tn>1</tn><rs>A</rs><i>1.0000</i></tLeg>
                  <tLeg><cc>AAA</cc><tn>2</tn><rs>B</rs><i>1.0000</i></tLeg>
                </dSpread>
              </ccDef>
              <ccDef>
                <cc>BBB</cc><name>Product B</name><currency>USD</currency><riskExponent>0</riskExponent>
                  <capAnov>0</capAnov>
                <pfLink><exch>XB</exch><pfId>1</pfId><pfCode>B</pfCode><pfType>FUT</pfType><sc>2</sc></pfLink>
                <adjRate><r>1</r><val>1.10</val></adjRate>
                <rateTiers><tier><tn>0</tn>
                  <scanRate><r>1</r><priceScanPct>0.08</priceScanPct><volScan>5</volScan></scanRate></tier></rateTiers>
                <spotRate><r>1</r><pe>202503</pe><sprd>1</sprd><outr>3</outr></spotRate>
              </ccDef>
              <interSpreads>
                <dSpread>
                  <spread>1</spread><chargeMeth>W</chargeMeth><rate><r>1</r><val>0.5</val></rate>
                  <tLeg><cc>AAA</cc><tn>0</tn><rs>A</rs><i>1</i></tLeg>
                    <tLeg><cc>BBB</cc><tn>0</tn><rs>B</rs><i>1</i></tLeg>
                </dSpread>
              </interSpreads>
              <exchange>
                <exch>XA</exch><name>Exchange A</name>
                <futPf>
                  <pfId>1</pfId><pfCode>A</pfCode><name>Future A</name><currency>USD</currency><cvf>10.0</cvf>
                    <valueMeth>FUT</valueMeth><priceMeth>STD</priceMeth>
                  <fut><cId>A-H5</cId><pe>202503</pe><p>50.5</p><d>1</d><v>0.2</v><setlDate>20250321</setlDate>
                    <scanRate><r>1</r><priceScan>100</priceScan></scanRate><ra><r>1</r><a>0</a><a>0</a>
                    <a>-100</a><a>100</a><d>1.0000</d></ra></fut>
                  <fut><cId>A-M5</cId><pe>20250600</pe><scanRate><r>1</r><priceScan>90</priceScan></scanRate>
                    <ra><r>1</r><a>0</a><a>0</a><a>-90</a><a>90</a><d>1</d></ra></fut>
                </futPf>
                <oofPf>
                  <pfId>2</pfId><pfCode>A</pfCode><exercise>AMER</exercise><currency>USD</currency><cvf>10</cvf>
                    <valueMeth>EQTY</valueMeth>
                  <undPf><exch>XA</exch><pfId>1</pfId><pfCode>A</pfCode><pfType>FUT</pfType></undPf>
                  <series>
                    <pe>202503</pe><setlDate>20250221</setlDate><scanRate><r>1</r><priceScan>100</priceScan></scanRate>
                    <opt><cId>A-C50</cId><o>C</o><k>50</k><p>2.5</p><ra><r>1</r><a>-8</a><a>8</a><a>-60</a>
                      <a>45</a><d>0.5000</d></ra></opt>
                  </series>
                </oofPf>
              </exchange>
              <exchange>
                <exch>XB</exch>
                <futPf>
                  <pfId>1</pfId><pfCode>B</pfCode><cvf>5</cvf><valueMeth>FUT</valueMeth>
                  <fut><cId>B-H5</cId><pe>202503</pe><scanRate><r>1</r><priceScan>80</priceScan></scanRate>
                    <ra><r>1</r><a>0</a><a>0</a><a>-80</a><a>80</a><d>1</d></ra></fut>
                </futPf>
              </exchange>
            </clearingOrg>
          </pointInTime>
        </spanFile>

        """

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
        for (name, content) in [("span.xml", text), ("positions.csv", positions), ("accounts.csv", accounts)] {
            try content.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        return line
    }

    static func replicate(in folder: String) throws -> BuiltProgram.Ended {
        try runProgram([
            "replicate", "--parameters", folder + "/span.xml", "--positions", folder + "/positions.csv", "--accounts",
            folder + "/accounts.csv", "--json",
        ])
    }
}
