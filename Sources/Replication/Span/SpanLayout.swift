/// The elements of the SPAN risk parameter file in XML that are read, by the element they stand in. docs/replication.md
/// says of each what it is here; every other element, and every attribute, is refused.
enum SpanLayout {
    /// What stands in an element. One that is no key is a leaf.
    static let children: [String: Set<String>] = [
        "": ["spanFile"],
        "spanFile": ["fileFormat", "created", "definitions", "pointInTime"],
        "definitions": ["currencyDef", "acctTypeDef"],
        "currencyDef": ["currency", "symbol", "name", "decimalPos"],
        "acctTypeDef": ["isCust", "acctType", "name", "isNetMargin", "priority"],
        "pointInTime": ["date", "isSetl", "setlQualifier", "clearingOrg"],
        "clearingOrg": [
            "ec", "name", "capAnov", "lookAheadDays", "daysPerYear", "curConv", "pbRateDef", "pointDef", "exchange",
            "ccDef", "interSpreads",
        ],
        "curConv": ["fromCur", "toCur", "factor"],
        "pbRateDef": ["r", "isCust", "acctType", "isM", "pbc"],
        "pointDef": ["r", "scanPointDef"],
        "scanPointDef": ["point", "priceScanDef", "volScanDef", "weight", "pairedPoint"],
        "priceScanDef": ["mult", "numerator", "denominator"],
        "volScanDef": ["mult", "numerator", "denominator"],
        "exchange": ["exch", "name", "futPf", "oofPf", "oopPf"],
        "futPf": family.union(["fut"]),
        "oofPf": family.union(optionFamily),
        "oopPf": family.union(optionFamily),
        "undPf": ["exch", "pfId", "pfCode", "pfType", "s", "i"],
        "fut": ["cId", "pe", "p", "setlDate", "scanRate", "ra", "undC", "d", "v", "t", "val"],
        "series": ["pe", "setlDate", "scanRate", "opt", "undC", "v", "t"],
        "opt": ["cId", "o", "k", "p", "ra", "d", "v", "val"],
        "undC": ["exch", "pfId", "cId", "s", "i"],
        "scanRate": ["r", "priceScan", "priceScanPct", "volScan", "volScanPct"],
        "ra": ["r", "a", "d"],
        "ccDef": [
            "cc", "name", "currency", "riskExponent", "capAnov", "procMeth", "wfprMeth", "spotMeth", "somMeth",
            "cmbMeth", "pfLink", "adjRate", "intraTiers", "interTiers", "scanTiers", "rateTiers", "somTiers",
            "spotRate", "dSpread",
        ],
        "pfLink": ["exch", "pfId", "pfCode", "pfType", "sc"],
        "adjRate": ["r", "baseR", "val"],
        "intraTiers": ["tier"], "interTiers": ["tier"], "scanTiers": ["tier"], "rateTiers": ["tier"],
        "somTiers": ["tier"],
        "tier": ["tn", "sPe", "ePe", "rate", "scanRate"],
        "rate": ["r", "val"],
        "spotRate": ["r", "pe", "sprd", "outr"],
        "dSpread": ["spread", "chargeMeth", "rate", "tLeg", "pLeg"],
        "tLeg": ["cc", "tn", "rs", "i", "rate"],
        "pLeg": ["cc", "pe", "rs", "i"],
        "interSpreads": ["dSpread"],
    ]

    private static let family: Set<String> = [
        "pfId", "pfCode", "name", "currency", "cvf", "valueMeth", "priceMeth", "setlMeth", "priceDl", "priceFmt",
        "positionsAllowed", "undPf",
    ]
    private static let optionFamily: Set<String> = ["exercise", "priceModel", "strikeDl", "strikeFmt", "cab", "series"]
}
