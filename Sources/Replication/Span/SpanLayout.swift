/// The elements of the SPAN risk parameter file in XML that are read, by the element they stand in. docs/replication.md
/// says of each what it is here; every other element, and every attribute, is refused.
enum SpanLayout {
    /// Elements within elements: `a` of an option's `ra` is the ninth.
    static let deepest = 9
    static let mostElements = 4_000_000
    /// Bytes of a text, and of what stands between two elements.
    static let longestText = 10_000

    /// What stands in an element. One that is no key is a leaf.
    static let children: [String: Set<String>] = [
        "": ["spanFile"],
        "spanFile": ["fileFormat", "created", "definitions", "pointInTime"],
        "definitions": ["currencyDef", "acctTypeDef", "acctSubTypeDef", "groupTypeDef"],
        "currencyDef": ["currency", "symbol", "name", "decimalPos"],
        "acctTypeDef": ["isCust", "acctType", "name", "isNetMargin", "priority"],
        "acctSubTypeDef": ["acctSubTypeCode", "dataType", "description"],
        "groupTypeDef": ["id", "name"],
        "pointInTime": ["date", "isSetl", "setlQualifier", "clearingOrg"],
        "clearingOrg": [
            "ec", "name", "isContractScale", "isNetMargin", "finalizeMeth", "oopDeltaMeth", "capAnov",
            "lookAheadYears", "lookAheadDays", "daysPerYear", "curConv", "pbRateDef", "pointDef", "exchange",
            "ccDef", "interSpreads",
        ],
        "curConv": ["fromCur", "toCur", "factor"],
        "pbRateDef": ["r", "isCust", "acctType", "isM", "pbc"],
        "pointDef": ["r", "scanPointDef", "deltaPointDef"],
        "scanPointDef": ["point", "priceScanDef", "volScanDef", "weight", "pairedPoint"],
        "deltaPointDef": ["point", "priceScanDef", "volScanDef", "weight"],
        "priceScanDef": ["mult", "numerator", "denominator"],
        "volScanDef": ["mult", "numerator", "denominator"],
        "exchange": ["exch", "name", "phyPf", "futPf", "oofPf", "oopPf"],
        "phyPf": family.union(["phy"]),
        "futPf": family.union(["fut"]),
        "oofPf": family.union(optionFamily),
        "oopPf": family.union(optionFamily),
        "undPf": ["exch", "pfId", "pfCode", "pfType", "s", "i"],
        "phy": contract.union(["cId", "p", "d", "val"]),
        "fut": contract.union(["cId", "desc", "p", "d", "val", "setlDate", "t", "undC"]),
        "series": contract.union(["volSrc", "setlDate", "t", "svf", "undC", "intrRate", "divRate", "opt"]),
        "opt": ["cId", "desc", "o", "k", "p", "pq", "ra", "d", "v", "val"],
        "undC": ["exch", "pfId", "cId", "s", "i"],
        "intrRate": ["val", "rl", "cpm", "exm"],
        "divRate": ["val"],
        "scanRate": ["r", "priceScan", "priceScanPct", "volScan", "volScanPct"],
        "ra": ["r", "a", "d"],
        "ccDef": [
            "cc", "name", "currency", "riskExponent", "capAnov", "procMeth", "wfprMeth", "spotMeth", "somMeth",
            "cmbMeth", "lookAheadYears", "lookAheadDays", "daysPerYear", "pfLink", "adjRate", "intraTiers",
            "interTiers", "scanTiers", "rateTiers", "somTiers", "spotRate", "dSpread",
        ],
        "pfLink": [
            "exch", "pfId", "pfCode", "pfType", "sc", "cmbMeth", "applyBasisRisk", "oopDeltaMeth", "arrayPrecision",
        ],
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
    private static let contract: Set<String> = ["pe", "v", "cvf", "sc", "scanRate", "ra"]

    /// Elements that change a figure wherever they have another value than the one that is known, by the element they
    /// stand in; an empty or absent one is that value.
    static let only: [String: [(name: String, values: [String])]] = [
        "clearingOrg": [
            ("isContractScale", ["0"]), ("finalizeMeth", ["BY"]), ("oopDeltaMeth", ["PERIOD"]),
        ],
        "ccDef": [
            ("riskExponent", ["0"]), ("procMeth", ["NORMAL"]), ("spotMeth", ["NORMAL"]), ("cmbMeth", ["NONE"]),
        ],
        "pfLink": [("cmbMeth", ["NONE"]), ("applyBasisRisk", ["0"]), ("oopDeltaMeth", ["PERIOD"])],
        "intrRate": [("cpm", ["0"])],
    ]
}
