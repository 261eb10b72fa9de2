using Segmentation.Testing.Emulator;

[assembly: AssemblyFixture(typeof(Azurite))]
