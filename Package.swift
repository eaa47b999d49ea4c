// swift-tools-version: 6.2

import PackageDescription

/// The settings of every Swift target: strict imports, `any` spelled out, no warning left standing.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// For code that runs a few times a run, such as options and hooks: small rather than quick.
let compact: [SwiftSetting] = house + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

let argumentParser: Target.Dependency =
  .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "tinyforge-gitops",
  products: [
    .executable(name: "lint-spec", targets: ["lint-spec"]),
    .executable(name: "plan", targets: ["plan"]),
    .executable(name: "drift", targets: ["drift"]),
    .executable(name: "apply", targets: ["apply"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    // AES-256-GCM for the forges' tokens in the database, SHA-256 for names and checks.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    // Tests only: runs the built tools, git and sqlite3 as processes.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // The C libraries, each a module map and a shim header.
    // CGit2, CCurl and CPostgres are headers alone, without pkg-config, which would link the library: LazyGit2,
    // LazyCurl and LazyPostgres load it.
    .systemLibrary(name: "CGit2", providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CPostgres", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPosix"),

    // libgit2's functions, which load the library at their first use: see lazy.c.
    .target(name: "LazyGit2", dependencies: ["CGit2"]),
    // The toolkit's own reading of objects, which libgit2 asks before its own.
    .target(name: "CLooseObjects", dependencies: ["CGit2", "CZlib", "LazyGit2"]),
    // The same for libcurl, at the first request.
    .target(name: "LazyCurl", dependencies: ["CCurl"]),
    // The same for libpq, at the first address of a PostgreSQL database.
    .target(name: "LazyPostgres", dependencies: ["CPostgres"]),
    // The same for libyaml, at the first spec that is read with it; libyaml-dev has its header.
    .target(name: "LazyYAML"),

    // The arguments that the process was started with, /proc or not.
    .target(name: "StartArguments"),

    // What the build knows of itself: its commit, and where the project is.
    .target(name: "BuildFacts"),

    // Layer 1: pure. No clock, no environment, no input or output.
    .target(name: "TinyforgeCore", dependencies: ["ServerYAML"], swiftSettings: house),
    // The server's YAML reader; it imports nothing.
    .target(name: "ServerYAML", swiftSettings: house),

    // What is specific to each forge. Apart from the core because lint-spec asks no forge, and the linker keeps every
    // package declaration of a target.
    .target(name: "Forges", dependencies: ["TinyforgeCore"], swiftSettings: house),

    // For the adapters: folders by descriptor, files that are replaced in one step.
    .target(
      name: "Files",
      dependencies: ["CPosix", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: house),

    // Layer 2: the adapters, the only code that touches the world.
    .target(
      name: "GitSpecs",
      dependencies: [
        "TinyforgeCore", "Files", "CGit2", "CPosix", "LazyGit2", "CLooseObjects",
        .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: house),
    .target(
      name: "WorkloadStore",
      dependencies: [
        "TinyforgeCore", "Files", "CSQLite", "CPostgres", "LazyPostgres", "CPosix",
        .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: house),

    .target(
      name: "ProviderHTTP",
      dependencies: [
        "TinyforgeCore", "Forges", "Files", "CCurl", "LazyCurl",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: house),

    // libyaml, which other programs read YAML with.
    .target(
      name: "SecondReader", dependencies: ["TinyforgeCore", "LazyYAML"], swiftSettings: compact),

    // Layer 3: one renderer a file.
    .target(name: "Reporting", dependencies: ["TinyforgeCore"], swiftSettings: house),
    // The forms of reports on workloads that no tool but plan and drift writes. Apart because lint-spec links Reporting, and the
    // linker keeps every package declaration of a target.
    .target(
      name: "FleetReporting", dependencies: ["TinyforgeCore", "Reporting"], swiftSettings: house),
    // Messages in Russian, apart so that lint-spec, which speaks English alone, does not hold them.
    .target(name: "RussianMessages", dependencies: ["TinyforgeCore"], swiftSettings: house),

    // The process that a tool runs as: its environment, the signals that end it, the files that it reads and writes whole.
    .target(
      name: "RunningProcess",
      dependencies: [
        "TinyforgeCore", "Files", .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: compact),

    // Layer 4: the work. It knows no command line, no terminal and no exit status.
    .target(
      name: "FleetReading",
      dependencies: ["GitSpecs", "ProviderHTTP", "WorkloadStore", "Reporting", "RunningProcess"],
      swiftSettings: house),
    // The reports of other runs read back: joined, or compared with, which says what drift is new, lasting or resolved.
    .target(
      name: "DriftTracking",
      dependencies: [
        "Reporting", "RunningProcess", .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: house),
    // The webhook that is told of new, changed and resolved drift.
    .target(
      name: "Notifying",
      dependencies: ["DriftTracking", "ProviderHTTP", "Reporting", "RunningProcess"],
      swiftSettings: house),
    .target(
      name: "Posting", dependencies: ["Forges", "ProviderHTTP", "Reporting", "RunningProcess"],
      swiftSettings: house),
    // Above FleetReading: a sync decides on what an inspection found.
    .target(
      name: "Syncing",
      dependencies: [
        "FleetReading", "Reporting", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),

    // Layer 5: what the tools share. WorkloadOptions is apart so that lint-spec links no SQLite.
    .target(
      name: "ToolSupport",
      dependencies: [
        "TinyforgeCore", "RunningProcess", "Reporting", "StartArguments", "BuildFacts",
        argumentParser, .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: compact),
    .target(
      name: "WorkloadOptions",
      dependencies: ["ToolSupport", "FleetReading", "Forges", "Posting", argumentParser],
      swiftSettings: house),

    // The tools.
    .executableTarget(
      name: "lint-spec",
      dependencies: [
        "ToolSupport", "GitSpecs", "SecondReader", "Files", argumentParser,
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: compact),
    .executableTarget(
      name: "plan",
      dependencies: [
        "WorkloadOptions", "Syncing", "Posting", "GitSpecs", "Files", "Reporting", "FleetReporting",
        "RussianMessages",
        argumentParser, .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: house),
    .executableTarget(
      name: "drift",
      dependencies: [
        "WorkloadOptions", "DriftTracking", "Notifying", "Reporting", "FleetReporting",
        "RussianMessages",
        argumentParser,
      ],
      swiftSettings: house),
    .executableTarget(
      name: "apply",
      dependencies: ["WorkloadOptions", "Syncing", "Reporting", "RussianMessages", argumentParser],
      swiftSettings: house),

    // Tests mirror Sources; TestSupport holds what they share (temporary folders, processes, git).
    .target(
      name: "TestSupport",
      dependencies: [
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ], path: "Tests/TestSupport", exclude: ["Fixtures"], swiftSettings: house),
    .testTarget(
      name: "ServerYAMLTests", dependencies: ["ServerYAML", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "TinyforgeCoreTests", dependencies: ["TinyforgeCore", "Forges", "TestSupport"],
      exclude: ["Spec/Cases", "Lint/Cases"],
      swiftSettings: house),
    .testTarget(
      name: "GitSpecsTests",
      dependencies: [
        "GitSpecs", "TestSupport", .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: house),
    .testTarget(
      name: "ForgesTests", dependencies: ["Forges", "Reporting", "TinyforgeCore", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "ProviderHTTPTests",
      dependencies: ["ProviderHTTP", "Forges", "TinyforgeCore", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "WorkloadStoreTests", dependencies: ["WorkloadStore", "CSQLite", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "FleetReadingTests",
      dependencies: ["FleetReading", "TinyforgeCore", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "SyncingTests",
      dependencies: ["Syncing", "FleetReading", "TinyforgeCore", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "NotifyingTests",
      dependencies: ["Notifying", "DriftTracking", "Reporting", "TinyforgeCore", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Reporting", "FleetReporting", "DriftTracking", "RussianMessages", "TestSupport",
      ],
      exclude: ["Lint/Cases", "Drift/Cases"],
      swiftSettings: house),
    // The tools' own reading of their command lines, against ArgumentParser's.
    .testTarget(
      name: "DirectLineTests",
      dependencies: [
        "lint-spec", "plan", "drift", "apply", "ToolSupport", "TestSupport", argumentParser,
      ], swiftSettings: house),
    .testTarget(
      name: "ToolTests",
      dependencies: ["TinyforgeCore", "Reporting", "DriftTracking", "TestSupport"],
      swiftSettings: house),
  ]
)
