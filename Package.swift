// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6, no implicit `any`, imports internal unless said otherwise, no warning let through.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

#if arch(x86_64)
let fastest: [CXXSetting] = [.unsafeFlags(["-O3", "-march=haswell"])]
#else
let fastest: [CXXSetting] = [.unsafeFlags(["-O3"])]
#endif

/// For `--version`: make says the commit; a plain `swift build` takes what SwiftPM saw when it last read this file.
let commit =
    Context.environment["SYNCTEC_COMMIT"]
    ?? Context.gitInformation.map { "\($0.currentCommit.prefix(12))\($0.hasUncommittedChanges ? "-dirty" : "")" }
    ?? "unknown"

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let flyingFox = Target.Dependency.product(name: "FlyingFox", package: "FlyingFox")
let flyingSocks = Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox")

/// A module of ours.
///
/// The order in this file is the way of the data; a module names only modules above it.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name)] + dependencies,
        exclude: exclude,
        swiftSettings: settings
    )
}

let package = Package(
    name: "synctec",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "synctec", targets: ["synctec"]),
        .executable(name: "synctec-simulator", targets: ["synctec-simulator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    ],
    targets: [
        // System libraries and shims: C at the edge, nothing of ours in it.
        .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CXxhash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CBuildInfo", cSettings: [.define("SYNCTEC_COMMIT", to: "\"\(commit)\"")]),

        // The pure part.
        module("Pricing"),
        module("Catalog", ["Pricing"]),
        module("CatalogFiles", ["Pricing", "Catalog", "CZlib", "CZstd"]),
        module("Snapshots", ["Pricing", "Catalog", "CSimdjson", "CXxhash"]),
        module("Reconciliation", ["Pricing", "Catalog", "Snapshots", "CLibcrypto"]),
        module("Reporting", ["Pricing", "Catalog", "Snapshots", "Reconciliation"]),
        module(
            "ReportPage",
            ["Pricing", "Catalog", "Reconciliation", "Reporting"],
            resources: [.embedInCode("Page")]
        ),
        module("Settings", ["Pricing", "Catalog", "Reconciliation", yams]),
        module("Mail", ["Catalog", "Reconciliation", "Reporting", "ReportPage", "Settings", "CZlib"]),
        module(
            "Runs",
            ["Mail", "Pricing", "Catalog", "Snapshots", "Reconciliation", "Reporting", "ReportPage", "Settings"]
        ),

        // Adapters.
        module("Transport"),
        module(
            "ShopifyAdmin",
            ["Pricing", "Catalog", "Snapshots", "Reconciliation", "Settings", "Runs", "Transport"],
            resources: [.embedInCode("Documents")]
        ),
        module(
            "PostgresLedger",
            ["Pricing", "Catalog", "Reconciliation", "Reporting", "ReportPage", "Settings", "Mail", "Runs", "CLibpq"],
            resources: [.embedInCode("SQL"), .embedInCode("Migrations")]
        ),
        module("CurlTransport", ["Transport", "CLibcurl"]),
        module("SystemdNotify"),
        module("ReportFiles", ["Catalog", "Reconciliation", "Reporting", "ReportPage", "Runs"]),

        // A pretend Shopify, and the commands.
        module("SimulatedShopify", [flyingFox, flyingSocks, yams]),
        .executableTarget(
            name: "synctec-simulator",
            dependencies: ["SimulatedShopify", argumentParser],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "synctec",
            dependencies: [
                "Pricing", "Catalog", "CatalogFiles", "Snapshots", "Reconciliation", "Reporting", "ReportPage",
                "Settings", "Mail", "Runs", "Transport",
                "ShopifyAdmin", "PostgresLedger", "CurlTransport", "ReportFiles", "SystemdNotify", "SimulatedShopify",
                "CBuildInfo", "CMalloc", argumentParser,
            ],
            swiftSettings: settings
        ),

        // Benchmarks, and what simdjson alone takes for the same files. Its on-demand reader is as fast as the
        // instructions it is compiled for.
        .executableTarget(
            name: "simdjson-pass",
            cxxSettings: fastest,
            linkerSettings: [.linkedLibrary("simdjson")]
        ),
        .executableTarget(
            name: "synctec-benchmark",
            dependencies: [
                "Pricing", "Catalog", "Reconciliation", "Reporting", "Settings", "Runs", "ShopifyAdmin",
                "PostgresLedger", "CurlTransport", "ReportFiles", "SimulatedShopify", argumentParser,
            ],
            swiftSettings: settings
        ),

        tests(of: "Pricing"),
        tests(of: "Catalog", ["Pricing"]),
        tests(of: "CatalogFiles", ["Pricing", "Catalog", "Snapshots"]),
        tests(of: "Snapshots", ["Pricing", "Catalog", "CSimdjson"]),
        tests(of: "Reconciliation", ["Pricing", "Catalog", "Snapshots"]),
        tests(of: "Reporting", ["Pricing", "Catalog", "Reconciliation"], exclude: ["Golden"]),
        tests(of: "ReportPage", ["Pricing", "Catalog", "Reconciliation", "Reporting"]),
        tests(of: "ReportFiles", ["Catalog", "Reconciliation", "Reporting", "ReportPage", "Runs"]),
        tests(of: "Settings", ["Pricing", "Catalog", "Reconciliation"], exclude: ["Golden"]),
        tests(
            of: "Mail",
            ["Catalog", "Pricing", "Reconciliation", "Reporting", "ReportPage", "Settings"],
            exclude: ["Support"]
        ),
        tests(
            of: "PostgresLedger",
            ["Pricing", "Catalog", "Reconciliation", "Reporting", "ReportPage", "Settings", "Mail", "Runs"]
        ),
        tests(of: "CurlTransport", ["Transport"], exclude: ["Support"]),
        tests(of: "SystemdNotify"),
        tests(of: "SimulatedShopify"),
        tests(
            of: "ShopifyAdmin",
            [
                "Pricing", "Catalog", "Snapshots", "Reconciliation", "Settings", "Runs", "Transport", "CurlTransport",
                "SimulatedShopify",
            ]
        ),
        tests(
            of: "Runs",
            [
                "Pricing", "Catalog", "Snapshots", "Reconciliation", "Reporting", "ReportPage", "Settings", "Mail",
                "ShopifyAdmin",
                "CurlTransport", "Transport",
                "PostgresLedger", "SimulatedShopify",
            ]
        ),
        tests(of: "synctec-benchmark"),
        // The built command against simulated stores: it needs the programs, not their code.
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["SimulatedShopify", "synctec", "synctec-simulator"],
            swiftSettings: settings
        ),
    ],
    cxxLanguageStandard: .cxx17
)
