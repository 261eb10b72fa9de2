using Segmentation.Numerics;

namespace Segmentation.Core.Synthetic;

/// <summary>A customer who comes to the till.</summary>
/// <param name="Index">From 0; or −1 for a guest.</param>
/// <param name="Behaviour">How the customer buys.</param>
internal readonly record struct ShopVisitor(int Index, ShopBehaviour Behaviour)
{
    public bool IsGuest => Index < 0;
}

/// <summary>Who comes next. Members of a group debut in order of their index, so those present are a range and nobody need be remembered.</summary>
internal sealed class ShopPopulation
{
    private readonly Group[] _groups;
    private readonly double[] _weights;
    private readonly Xoshiro256StarStar _random;

    public ShopPopulation(int customers, ulong seed)
    {
        _random = new Xoshiro256StarStar(seed, 2);
        _groups = [.. ShopBehaviour.All.Select(behaviour => new Group(behaviour))];
        _weights = new double[_groups.Length];
        int others = 0;
        for (int i = 0; i < _groups.Length; i++)
        {
            _groups[i].Size = (int)((long)customers * _groups[i].Behaviour.PerMille / 1000);
            others += i == ShopBehaviour.Regular ? 0 : _groups[i].Size;
        }

        _groups[ShopBehaviour.Regular].Size = customers - others;
        for (int i = 1; i < _groups.Length; i++)
        {
            _groups[i].Offset = _groups[i - 1].Offset + _groups[i - 1].Size;
        }
    }

    /// <summary>The next customer at a share of all rows.</summary>
    public ShopVisitor Next(double progress, bool isSeason)
    {
        foreach (Group group in _groups)
        {
            if (group.Debuted < group.Size && group.DebutOf(group.Debuted) <= progress)
            {
                return group.Debut();
            }
        }

        double total = 0;
        for (int i = 0; i < _groups.Length; i++)
        {
            Group group = _groups[i];
            group.Leave(progress);
            bool isAway = group.Behaviour.IsSeasonal && !isSeason;
            total += isAway ? 0 : (group.Debuted - group.Left) * group.Behaviour.OrderRate;
            _weights[i] = total;
        }

        // Before anybody is due, a regular comes early.
        return total > 0 ? Returning(total) : _groups[ShopBehaviour.Regular].Debut();
    }

    private ShopVisitor Returning(double total)
    {
        double at = _random.NextDouble() * total;
        int chosen = 0;
        while (_weights[chosen] <= at)
        {
            chosen++;
        }

        // The square favours the first of a group: a few come far more often than most.
        Group group = _groups[chosen];
        double share = _random.NextDouble();
        return group.Member(group.Left + (int)(share * share * (group.Debuted - group.Left)));
    }

    private sealed class Group(ShopBehaviour behaviour)
    {
        public ShopBehaviour Behaviour { get; } = behaviour;

        public int Size { get; set; }

        public int Offset { get; set; }

        public int Debuted { get; private set; }

        public int Left { get; private set; }

        public double DebutOf(int member) => Behaviour.DebutAt((member + 0.5) / Size);

        public ShopVisitor Debut() => Member(Debuted++);

        public ShopVisitor Member(int member) => new(Offset + member, Behaviour);

        public void Leave(double progress)
        {
            while (Left < Debuted && DebutOf(Left) + Behaviour.Lifetime <= progress)
            {
                Left++;
            }
        }
    }
}
